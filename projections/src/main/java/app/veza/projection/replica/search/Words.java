package app.veza.projection.replica.search;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * A text's words as they are searched for: runs of letters and digits, without case, accents and variants of form, so that {@code cafe}
 * finds Café. Of a script without spaces a run is many words and nothing tells where they begin: there each two neighbours are one, and
 * the last letter is, so that every letter begins one. Whoever searches folds what was typed in the same way.
 */
final class Words {

    /** In characters: nobody types more of a word, and PostgreSQL takes 2,046 bytes at most. */
    static final int LONGEST = 100;

    private static final int FIRST_WITHOUT_SPACES = 0x0E00;
    /** The dash of Japanese that draws a vowel out; Unicode counts it to no script. */
    private static final int LONG_VOWEL = 0x30FC;

    private Words() {}

    static Set<String> of(String text) {
        Set<String> words = new LinkedHashSet<>();
        StringBuilder run = new StringBuilder();
        String folded = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD);
        folded.codePoints().filter(character -> !isMark(character)).forEach(character -> {
            boolean isLetter = Character.isLetterOrDigit(character);
            if (!isLetter || !goesOn(run, character)) {
                end(run, words);
            }
            if (isLetter && (run.length() < LONGEST || isWithoutSpaces(character))) {
                run.appendCodePoint(character);
            }
        });
        end(run, words);
        return words;
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

    private static void end(StringBuilder run, Set<String> words) {
        if (run.isEmpty()) {
            return;
        }
        if (isWithoutSpaces(run.codePointAt(0))) {
            int[] letters = run.codePoints().toArray();
            for (int i = 0; i < letters.length; i++) {
                words.add(new String(letters, i, Math.min(2, letters.length - i)));
            }
        } else {
            words.add(run.toString());
        }
        run.setLength(0);
    }
}
