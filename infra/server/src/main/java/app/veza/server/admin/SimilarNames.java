package app.veza.server.admin;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What somebody may have meant: names that hold what was said, or are few keystrokes from it. */
final class SimilarNames {

    private static final int MOST = 5;
    private static final int KEYSTROKES = 4;

    private SimilarNames() {}

    static List<String> of(String said, Collection<String> names) {
        String wanted = said.toLowerCase(Locale.ROOT).replace("*", "");
        return names.stream()
                .filter(name -> keystrokes(wanted, name) <= KEYSTROKES)
                .sorted(Comparator.<String>comparingInt(name -> keystrokes(wanted, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /** Levenshtein's distance from the name, or from its part behind the context when that is nearer; 0 when it is contained. */
    private static int keystrokes(String wanted, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (wanted.length() > 2 && lower.contains(wanted)) {
            return 0;
        }
        return Math.min(
                distance(wanted, lower),
                distance(wanted.substring(wanted.indexOf('.') + 1), lower.substring(lower.indexOf('.') + 1)));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
