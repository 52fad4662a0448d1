package app.veza.query.chat.search;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was typed, as a query of PostgreSQL's text search. Words are folded as the projection {@code search} folds those of messages: runs of
 * letters and digits, without case, accents and variants of form.
 */
final class SearchWords {

    /** From here on what was typed may be the beginning of a word; shorter, it would begin too many. */
    private static final int BEGINNING = 3;

    /** As in the projection: longer words are cut there. */
    private static final int LONGEST = 100;

    private SearchWords() {}

    /** All of the words must be in a message; empty when nothing was typed that could be in one. */
    static String query(String typed) {
        return words(typed).stream()
                .map(word -> word.length() >= BEGINNING ? word + ":*" : word)
                .collect(Collectors.joining(" & "));
    }

    private static Set<String> words(String typed) {
        Set<String> words = new LinkedHashSet<>();
        StringBuilder word = new StringBuilder();
        Normalizer.normalize(typed.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD)
                .codePoints()
                .forEach(character -> {
                    int type = Character.getType(character);
                    if (Character.isLetterOrDigit(character)) {
                        if (word.length() < LONGEST) {
                            word.appendCodePoint(character);
                        }
                    } else if (type != Character.NON_SPACING_MARK && type != Character.ENCLOSING_MARK) {
                        words.add(word.toString());
                        word.setLength(0);
                    }
                });
        words.add(word.toString());
        words.remove("");
        return words;
    }
}
