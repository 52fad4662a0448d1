package app.veza.command.chat;

import java.util.Optional;
import java.util.regex.Pattern;

/** What one may react with. */
public final class Emoji {

    /** Longer than any that Unicode recommends: a family of four in skin tones has 11. */
    private static final int MOST_CODE_POINTS = 16;

    private static final Pattern ONE_CHARACTER = Pattern.compile("\\X");
    private static final Pattern KEYCAP = Pattern.compile("[0-9#*]\\uFE0F?\\u20E3");
    private static final int VARIATION_EMOJI = 0xFE0F;

    private Emoji() {}

    /**
     * One emoji in the one form in which it is counted: with the selector of emoji style where its character is text otherwise.
     *
     * @return empty when it is none or more than one
     */
    public static Optional<String> parse(String text) {
        if (text.codePointCount(0, text.length()) > MOST_CODE_POINTS
                || !ONE_CHARACTER.matcher(text).matches()) {
            return Optional.empty();
        }
        int first = text.codePointAt(0);
        if (isFlagLetter(first)) {
            return text.codePointCount(0, text.length()) == 2 ? Optional.of(text) : Optional.empty();
        }
        if (KEYCAP.matcher(text).matches()) {
            return Optional.of(text.charAt(0) + "\uFE0F\u20E3");
        }
        if (!Character.isExtendedPictographic(first)) {
            return Optional.empty();
        }
        boolean isBare = text.length() == Character.charCount(first);
        return Optional.of(
                isBare && !Character.isEmojiPresentation(first) ? text + Character.toString(VARIATION_EMOJI) : text);
    }

    private static boolean isFlagLetter(int codePoint) {
        return codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF;
    }
}
