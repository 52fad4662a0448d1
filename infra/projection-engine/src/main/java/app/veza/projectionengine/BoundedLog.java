package app.veza.projectionengine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A log that ends at a position, which can be moved on; that may be read so slowly that nobody else feels it; and of which a slice may be
 * all that is read.
 */
final class BoundedLog implements EventLog {
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);

    private final EventLog log;
    private final @Nullable Slice slice;
    private volatile double share;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private volatile long end;
    private volatile long readAt;

    /** An event that only tells up to where was looked. */
    private record Passed(LoggedEvent event) implements LoggedEvent {
        @Override
        public long position() {
            return event.position();
        }

        @Override
        public String type() {
            return "";
        }

        @Override
        public Instant timestamp() {
            return event.timestamp();
        }

        @Override
        public byte[] chainHash() {
            return event.chainHash();
        }

        @Override
        public @Nullable Object payload() {
            return null;
        }

        @Override
        public Map<String, String> metadata() {
            return event.metadata();
        }
    }

    /** @param share part of its time that the reader works; it rests for what is left of it */
    BoundedLog(EventLog log, long end, double share) {
        this(log, end, share, null);
    }

    /** @param slice what of the log there is to read, by types; null: all of it */
    BoundedLog(EventLog log, long end, double share, @Nullable Slice slice) {
        this.log = log;
        this.slice = slice;
        this.end = end;
        this.share = share;
    }

    /** Reads as fast as it can from here on. */
    void hurry() {
        share = 1;
    }

    /** Between two batches, at most. */
    Duration longestRest() {
        return share < 1 ? LONGEST_REST : Duration.ZERO;
    }

    void extend(long to) {
        lock.lock();
        try {
            end = Math.max(end, to);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String logId() {
        return log.logId();
    }

    @Override
    public long head() {
        return Math.min(end, log.head());
    }

    @Override
    public List<? extends LoggedEvent> read(long after, int maxEvents) {
        return bounded(after, maxEvents, most -> log.read(after, most));
    }

    @Override
    public List<? extends LoggedEvent> read(long after, int maxEvents, Set<String> types) {
        return slice == null
                ? bounded(after, maxEvents, most -> log.read(after, most, types))
                : ofSlice(after, maxEvents, slice);
    }

    @Override
    public List<? extends LoggedEvent> readWithoutPersonal(long after, int maxEvents, Set<String> types) {
        return slice == null
                ? bounded(after, maxEvents, most -> log.readWithoutPersonal(after, most, types))
                : ofSlice(after, maxEvents, slice);
    }

    private List<? extends LoggedEvent> ofSlice(long after, int maxEvents, Slice part) {
        rest();
        List<LoggedEvent> events = log.read(after, head(), maxEvents, part).stream()
                .<LoggedEvent>map(event -> part.has(event) ? event : new Passed(event))
                .toList();
        readAt = System.nanoTime();
        return events;
    }

    private List<? extends LoggedEvent> bounded(
            long after, int maxEvents, IntFunction<List<? extends LoggedEvent>> read) {
        rest();
        long left = end - after;
        List<? extends LoggedEvent> events = left <= 0 ? List.of() : read.apply((int) Math.min(maxEvents, left));
        readAt = System.nanoTime();
        return events;
    }

    /** Between two reads the reader applied the batch. */
    private void rest() {
        if (share < 1 && readAt != 0) {
            long worked = System.nanoTime() - readAt;
            try {
                TimeUnit.NANOSECONDS.sleep(Math.min((long) (worked * (1 / share - 1)), LONGEST_REST.toNanos()));
            } catch (InterruptedException e) {
                // the reader ends at its next look
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean awaitPast(long position, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (position >= end && left > 0) {
                left = moved.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        return left > 0 && log.awaitPast(position, Duration.ofNanos(left));
    }

    @Override
    public boolean isCaughtUp() {
        return log.isCaughtUp();
    }

    @Override
    public Optional<byte[]> chainHash(long position) {
        return log.chainHash(position);
    }

    @Override
    public void disown(String logId, long position, byte[] chainHash) {
        log.disown(logId, position, chainHash);
    }
}
