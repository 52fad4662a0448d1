package app.veza.projectionengine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Picks keys of a read model by the log, not by the read model: of one that lost all of its rows nothing else tells. */
final class Sampling {
    private static final int KEYS = 16;
    private static final int LOOKS = 64;

    /** So many events behind a random position are searched for one that the projection handles. */
    private static final int WINDOW = 200;

    private Sampling() {}

    /** @return few or none of a projection that handles next to nothing: that one is folded soon */
    static List<String> keys(EventLog log, Projection projection, Slicing by) {
        Set<String> keys = new LinkedHashSet<>();
        Set<String> types = projection.eventTypes();
        long head = log.head();
        for (int look = 0; head > 0 && look < LOOKS && keys.size() < KEYS; look++) {
            long after = ThreadLocalRandom.current().nextLong(head);
            key(log.read(after, WINDOW, types), types, by).ifPresent(keys::add);
        }
        return List.copyOf(keys);
    }

    private static Optional<String> key(List<? extends LoggedEvent> events, Set<String> types, Slicing by) {
        return events.stream()
                .filter(event -> types.contains(event.type()))
                .flatMap(event -> event.tags().stream())
                .flatMap(tag -> Slice.key(tag, by).stream())
                .findFirst();
    }
}
