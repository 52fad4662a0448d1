package app.veza.projectionengine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The log as projections read it: positions are contiguous from 1, and an event never changes. An implementation has
 * caught up with the end of the log before it is handed to the engine; later it may be late, or cut off from the log.
 */
public interface EventLog {
    /** Identity of the log; a restored or new log has another one, and positions of the two must not be compared. */
    String logId();

    /** Position of the last event known here; 0 when empty. */
    long head();

    /** Events at after+1, after+2, ...; never blocks; empty when there are none yet. */
    List<? extends LoggedEvent> read(long after, int maxEvents);

    /**
     * Of the events at after+1 ... after+maxEvents those of these types, and the last one there is whatever its type: up to
     * it was looked. Never blocks; empty when there are none yet.
     */
    default List<? extends LoggedEvent> read(long after, int maxEvents, Set<String> types) {
        List<? extends LoggedEvent> all = read(after, maxEvents);
        return all.stream()
                .filter(event -> event == all.getLast() || types.contains(event.type()))
                .toList();
    }

    /**
     * As {@link #read(long, int, Set)}, for a projection that reads nothing personal: what is personal in a payload may be what
     * an erased person's is read as.
     */
    default List<? extends LoggedEvent> readWithoutPersonal(long after, int maxEvents, Set<String> types) {
        return read(after, maxEvents, types);
    }

    /**
     * Of the events at after+1 ... upTo the first {@code maxEvents} of a slice; where there are fewer, the last one that there is up to
     * {@code upTo} stands behind them, whatever it is. Never blocks; empty when there are none yet.
     */
    default List<? extends LoggedEvent> read(long after, long upTo, int maxEvents, Slice slice) {
        List<LoggedEvent> found = new ArrayList<>();
        LoggedEvent last = null;
        long looked = after;
        while (looked < upTo) {
            List<? extends LoggedEvent> page = read(looked, (int) Math.min(maxEvents, upTo - looked));
            if (page.isEmpty()) {
                break;
            }
            for (LoggedEvent event : page) {
                if (slice.has(event)) {
                    found.add(event);
                    if (found.size() == maxEvents) {
                        return found;
                    }
                }
            }
            last = page.getLast();
            looked = last.position();
        }
        if (last != null && (found.isEmpty() || found.getLast() != last)) {
            found.add(last);
        }
        return found;
    }

    /** Waits until an event past {@code position} can be read. @return false when the time was up first */
    boolean awaitPast(long position, Duration atMost) throws InterruptedException;

    /**
     * Asks where the log lies, and tells whether everything that stands in it can be read here. False also when that cannot be learnt
     * now; some seconds may pass until then.
     */
    boolean isCaughtUp();

    /** The {@link LoggedEvent#chainHash()} of the event at {@code position}; empty when that position is not (yet) known here. */
    Optional<byte[]> chainHash(long position);

    /**
     * Something durable remembers an event of this log that does not stand in it, though everything that stands in it can be read here: the
     * log lost its end and nobody noticed. A log that holds it nevertheless, or has another id, stays as it is; else it gets another id soon,
     * for everybody else who knows positions of it. Returns at once.
     */
    void disown(String logId, long position, byte[] chainHash);
}
