package app.veza.event.chat;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A text's runs of letters and digits, without case, accents and variants of form, so that {@code cafe} is in Café: what messages are found
 * by, and what is looked for, are made of them, and so agree.
 */
public final class TextRuns {

    /** In characters: nobody types more of a word, and PostgreSQL takes 2,046 bytes at most. Of a script without spaces runs have no bound. */
    public static final int LONGEST = 100;

    private static final int FIRST_WITHOUT_SPACES = 0x0E00;
    /** The dash of Japanese that draws a vowel out; Unicode counts it to no script. */
    private static final int LONG_VOWEL = 0x30FC;

    private TextRuns() {}

    /**
     * Letters and digits that stand beside each other, folded; at least one.
     *
     * @param isWithoutSpaces whether their script has no spaces between words: the run is many words then, and nothing tells where they begin
     */
    public record Run(String text, boolean isWithoutSpaces) {

        /** Code points. */
        public int[] letters() {
            return text.codePoints().toArray();
        }
    }

    /** In order; a run ends where the script begins to have spaces or none. */
    public static List<Run> of(String text) {
        List<Run> runs = new ArrayList<>();
        StringBuilder run = new StringBuilder();
        String folded = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD);
        folded.codePoints().filter(character -> !isMark(character)).forEach(character -> {
            boolean isLetter = Character.isLetterOrDigit(character);
            if (!isLetter || !goesOn(run, character)) {
                end(run, runs);
            }
            if (isLetter && (run.length() < LONGEST || isWithoutSpaces(character))) {
                run.appendCodePoint(character);
            }
        });
        end(run, runs);
        return runs;
    }

    private static boolean isMark(int character) {
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    private static boolean goesOn(StringBuilder run, int letter) {
        return run.isEmpty() || isWithoutSpaces(run.codePointAt(0)) == isWithoutSpaces(letter);
    }

    private static boolean isWithoutSpaces(int letter) {
        return letter >= FIRST_WITHOUT_SPACES
                && (letter == LONG_VOWEL
                        || switch (UnicodeScript.of(letter)) {
                            case HAN, HIRAGANA, KATAKANA, THAI -> true;
                            default -> false;
                        });
    }

    private static void end(StringBuilder run, List<Run> runs) {
        if (!run.isEmpty()) {
            runs.add(new Run(run.toString(), isWithoutSpaces(run.codePointAt(0))));
            run.setLength(0);
        }
    }
}
