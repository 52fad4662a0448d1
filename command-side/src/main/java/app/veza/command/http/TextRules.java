package app.veza.command.http;

import java.text.Normalizer;
import java.util.function.IntPredicate;

/** What text may be. Lengths are in code points: what people count, nearly. */
final class TextRules {

    private TextRules() {}

    /** One way to write the same text: Unicode's NFC, lines ended by a line feed. */
    static String normalize(String text) {
        return Normalizer.normalize(text.replace("\r\n", "\n"), Normalizer.Form.NFC);
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Whether there is nothing to see. */
    static boolean isBlank(String text) {
        return text.codePoints().allMatch(TextRules::isInvisible);
    }

    /** No half of a surrogate pair, which JSON can write and UTF-8 cannot. */
    static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** No control characters, save line feed and tab. */
    static boolean isClean(String text) {
        return text.codePoints().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
    }

    /** A name stands in others' sentences: it breaks no line and does not turn the direction of what follows. */
    static boolean isCleanLine(String text) {
        IntPredicate breaks = c -> Character.isISOControl(c)
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                || isDirectionOverride(c)
                || isDeceptive(c);
        return text.codePoints().noneMatch(breaks);
    }

    /**
     * Marks of direction and what is not seen at all: with them two names look alike and are not. The joiners stay, which Persian, the
     * scripts of India and many an emoji are written with, and so do the tags of flags.
     */
    private static boolean isDeceptive(int c) {
        return c == 0x00AD
                || c == 0x034F
                || c == 0x061C
                || c == 0x17B4
                || c == 0x17B5
                || c == 0x180E
                || c == 0x200B
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x2060 && c <= 0x2064)
                || c == 0xFEFF
                || c == 0x115F
                || c == 0x1160
                || c == 0x2800
                || c == 0x3164
                || c == 0xFFA0;
    }

    private static boolean isInvisible(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }

    private static boolean isDirectionOverride(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }
}
