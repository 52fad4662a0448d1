package app.veza.projection.replica.search;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * A text's words as they are searched for: runs of letters and digits, without case, accents and variants of form, so that {@code cafe}
 * finds Café. Whoever searches folds what was typed in the same way.
 */
final class Words {

    /** In characters: nobody types more of a word, and PostgreSQL takes 2,046 bytes at most. */
    static final int LONGEST = 100;

    private Words() {}

    static Set<String> of(String text) {
        Set<String> words = new LinkedHashSet<>();
        String folded = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD);
        StringBuilder word = new StringBuilder();
        folded.codePoints().forEach(character -> {
            if (Character.isLetterOrDigit(character)) {
                if (word.length() < LONGEST) {
                    word.appendCodePoint(character);
                }
            } else if (!isMark(character)) {
                end(word, words);
            }
        });
        end(word, words);
        return words;
    }

    private static boolean isMark(int character) {
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    private static void end(StringBuilder word, Set<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
