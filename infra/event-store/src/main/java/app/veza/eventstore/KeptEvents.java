package app.veza.eventstore;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDBException;

/**
 * Events that decisions read lately, as the index has them: how a room was made is read for each message that is sent into it. Nothing
 * that stands in the log changes; what is personal in it stays encrypted here too.
 */
final class KeptEvents {

    /** Who reads more at once reads the log, and comes by but once. */
    private static final int MOST_AT_ONCE = 16;

    private static final int LARGEST_PAYLOAD = 4 << 10;
    /** Of its texts and what keeps it. */
    private static final int EVENT_BYTES = 700;

    /** Reads what is not kept: as many events as positions, in their order. */
    @FunctionalInterface
    interface Reading {
        List<RecordedEvent> read(List<Long> positions) throws RocksDBException;
    }

    private final Cache<Long, RecordedEvent> events;

    /** @param heapBytes that the events may take, about */
    KeptEvents(long heapBytes) {
        this.events = Caffeine.newBuilder()
                .maximumWeight(heapBytes)
                .weigher((Long position, RecordedEvent event) -> EVENT_BYTES + event.payload().length)
                .build();
    }

    /** The events at these positions, in their order. */
    List<RecordedEvent> at(List<Long> positions, Reading missing) throws RocksDBException {
        if (positions.size() > MOST_AT_ONCE) {
            return missing.read(positions);
        }
        Map<Long, RecordedEvent> found = new HashMap<>(events.getAllPresent(positions));
        List<Long> wanted = positions.stream()
                .filter(position -> !found.containsKey(position))
                .toList();
        if (!wanted.isEmpty()) {
            for (RecordedEvent event : missing.read(wanted)) {
                found.put(event.position(), event);
                if (event.payload().length <= LARGEST_PAYLOAD) {
                    events.put(event.position(), event);
                }
            }
        }
        return positions.stream().map(found::get).toList();
    }

    /** The index is another one. */
    void clear() {
        events.invalidateAll();
    }
}
