package app.veza.eventstore;

import java.time.Instant;
import java.util.List;

/** Finds the position at an instant. The index knows the millisecond, the events the rest of it. */
final class InstantSearch {
    private static final int EVENTS = 64;

    private InstantSearch() {}

    /** As {@link EventLog#positionAt}. */
    static long before(Instant instant, LogIndex index) {
        long indexed = index.indexedPosition();
        long first = index.firstPositionAtMillis(instant.toEpochMilli());
        if (first == 0) {
            return indexed;
        }
        long before = first - 1;
        while (before < indexed) {
            List<RecordedEvent> events = index.read(before, EVENTS);
            for (RecordedEvent event : events) {
                if (!event.timestamp().isBefore(instant)) {
                    return before;
                }
                before = event.position();
            }
        }
        return indexed;
    }
}
