package app.veza.projection.replica.search;

import app.veza.event.chat.TextRuns;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A text's words as they are searched for: its {@linkplain TextRuns runs}. Of a script without spaces each two neighbours are a word, and the
 * last letter is, so that every letter begins one.
 */
final class Words {

    private Words() {}

    static Set<String> of(String text) {
        Set<String> words = new LinkedHashSet<>();
        for (TextRuns.Run run : TextRuns.of(text)) {
            if (run.isWithoutSpaces()) {
                int[] letters = run.letters();
                for (int i = 0; i < letters.length; i++) {
                    words.add(new String(letters, i, Math.min(2, letters.length - i)));
                }
            } else {
                words.add(run.text());
            }
        }
        return words;
    }
}
