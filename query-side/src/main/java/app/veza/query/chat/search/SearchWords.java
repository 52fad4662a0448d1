package app.veza.query.chat.search;

import app.veza.event.chat.TextRuns;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What was typed, as a query of PostgreSQL's text search: its {@linkplain TextRuns runs}, as the projection {@code search} has those of
 * messages; of a script without spaces each two neighbours.
 */
final class SearchWords {

    /** From here on what was typed may be the beginning of a word; shorter, it would begin too many. */
    private static final int BEGINNING = 3;

    private SearchWords() {}

    /** All of the words must be in a message; empty when nothing was typed that could be in one. */
    static String query(String typed) {
        Set<String> terms = new LinkedHashSet<>();
        for (TextRuns.Run run : TextRuns.of(typed)) {
            if (run.isWithoutSpaces()) {
                addPairs(run.letters(), terms);
            } else {
                terms.add(run.text().length() >= BEGINNING ? run.text() + ":*" : run.text());
            }
        }
        return String.join(" & ", terms);
    }

    /** One letter alone begins a pair wherever it stands, or is the last of a run. */
    private static void addPairs(int[] letters, Set<String> terms) {
        if (letters.length == 1) {
            terms.add(Character.toString(letters[0]) + ":*");
        }
        for (int i = 0; i + 1 < letters.length; i++) {
            terms.add(new String(letters, i, 2));
        }
    }
}
