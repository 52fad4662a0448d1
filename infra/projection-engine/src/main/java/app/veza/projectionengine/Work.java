package app.veza.projectionengine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one commit does: events to apply, or one that cannot be.
 *
 * @param handled decoded, in order of position
 * @param sources the same events as the log has them, one for one
 * @param poison an event that failed alone; then nothing is applied
 */
record Work(
        List<Recorded<?>> handled,
        List<LoggedEvent> sources,
        @Nullable Letter poison) {
    /** The position moves, and that is all. */
    static final Work NONE = new Work(List.of(), List.of(), null);

    static Work parking(Letter poison) {
        return new Work(List.of(), List.of(), poison);
    }

    boolean isEmpty() {
        return handled.isEmpty() && poison == null;
    }

    /** Position of the first event in it; -1 when there is none. */
    long first() {
        return poison != null
                ? poison.event().position()
                : handled.isEmpty() ? -1 : handled.getFirst().position();
    }

    Set<String> keys(Projection projection) {
        Set<String> keys = new TreeSet<>();
        sources.forEach(event -> keys.add(Letter.key(projection, event)));
        return keys;
    }

    /**
     * The work that is left.
     *
     * @param parkedKeys those that have letters: their events wait behind these, untried
     * @param givenUp positions that are passed over
     */
    Split split(Projection projection, Set<String> parkedKeys, Set<Long> givenUp) {
        List<Letter> letters = new ArrayList<>();
        if (poison != null && !givenUp.contains(poison.event().position())) {
            letters.add(poison);
        }
        if (parkedKeys.isEmpty() && givenUp.isEmpty()) {
            return new Split(handled, letters);
        }
        List<Recorded<?>> applied = new ArrayList<>(handled.size());
        for (int i = 0; i < sources.size(); i++) {
            if (givenUp.contains(handled.get(i).position())) {
                continue;
            }
            String key = Letter.key(projection, sources.get(i));
            if (parkedKeys.contains(key)) {
                letters.add(new Letter(sources.get(i), key, null));
            } else {
                applied.add(handled.get(i));
            }
        }
        return new Split(applied, letters);
    }

    record Split(List<Recorded<?>> applied, List<Letter> letters) {}
}
