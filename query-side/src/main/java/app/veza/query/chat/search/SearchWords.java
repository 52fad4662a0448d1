package app.veza.query.chat.search;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What was typed, as a query of PostgreSQL's text search. Words are folded as the projection {@code search} folds those of messages: runs of
 * letters and digits, without case, accents and variants of form; of a script without spaces each two neighbours.
 */
final class SearchWords {

    /** From here on what was typed may be the beginning of a word; shorter, it would begin too many. */
    private static final int BEGINNING = 3;

    /** As in the projection: longer words are cut there. */
    private static final int LONGEST = 100;

    private static final int FIRST_WITHOUT_SPACES = 0x0E00;
    private static final int LONG_VOWEL = 0x30FC;

    private SearchWords() {}

    /** All of the words must be in a message; empty when nothing was typed that could be in one. */
    static String query(String typed) {
        Set<String> terms = new LinkedHashSet<>();
        StringBuilder run = new StringBuilder();
        String folded = Normalizer.normalize(typed.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD);
        folded.codePoints().filter(character -> !isMark(character)).forEach(character -> {
            boolean isLetter = Character.isLetterOrDigit(character);
            if (!isLetter || !goesOn(run, character)) {
                end(run, terms);
            }
            if (isLetter && (run.length() < LONGEST || isWithoutSpaces(character))) {
                run.appendCodePoint(character);
            }
        });
        end(run, terms);
        return String.join(" & ", terms);
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

    private static void end(StringBuilder run, Set<String> terms) {
        if (run.isEmpty()) {
            return;
        }
        if (isWithoutSpaces(run.codePointAt(0))) {
            addPairs(run.codePoints().toArray(), terms);
        } else {
            terms.add(run.length() >= BEGINNING ? run + ":*" : run.toString());
        }
        run.setLength(0);
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
