package app.veza.projectionengine;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A list as the log; its chain hashes tell histories apart as the real ones do. */
final class ListLog implements EventLog {
    private final String id;
    private final List<Entry> entries = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Long> disowned = new CopyOnWriteArrayList<>();
    private final Condition grown = lock.newCondition();

    private record Entry(
            long position,
            String type,
            Instant timestamp,
            byte[] chainHash,
            @Nullable Object event) implements LoggedEvent {
        @Override
        public @Nullable Object payload() {
            return event instanceof Ledger.Odd ? null : event;
        }

        @Override
        public Map<String, String> metadata() {
            return Map.of();
        }

        @Override
        public List<String> tags() {
            return Ledger.tags(event);
        }
    }

    ListLog(String id) {
        this.id = id;
    }

    ListLog(String id, Collection<?> events) {
        this(id);
        append(events);
    }

    void append(Object... events) {
        append(List.of(events));
    }

    void append(Collection<?> events) {
        lock.lock();
        try {
            for (Object event : events) {
                byte[] previous =
                        entries.isEmpty() ? new byte[32] : entries.getLast().chainHash();
                long position = entries.size() + 1L;
                entries.add(new Entry(
                        position,
                        Ledger.type(event),
                        Instant.EPOCH.plusSeconds(position),
                        chain(previous, event),
                        event));
            }
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static byte[] chain(byte[] previous, Object event) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(previous);
            return digest.digest(ByteBuffer.allocate(4).putInt(event.hashCode()).array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Recorded<Object>> recorded() {
        return snapshot(0, Integer.MAX_VALUE).stream()
                .map(e -> new Recorded<Object>(e.position(), e.timestamp(), e.event()))
                .toList();
    }

    @Override
    public String logId() {
        return id;
    }

    @Override
    public long head() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Entry> read(long after, int maxEvents) {
        return snapshot(after, maxEvents);
    }

    private List<Entry> snapshot(long after, int maxEvents) {
        lock.lock();
        try {
            int from = (int) Math.min(after, entries.size());
            int to = (int) Math.min(entries.size(), (long) from + maxEvents);
            return List.copyOf(entries.subList(from, to));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitPast(long position, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (entries.size() <= position && left > 0) {
                left = grown.awaitNanos(left);
            }
            return entries.size() > position;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isCaughtUp() {
        return true;
    }

    @Override
    public Optional<byte[]> chainHash(long position) {
        lock.lock();
        try {
            return position < 1 || position > entries.size()
                    ? Optional.empty()
                    : Optional.of(entries.get((int) position - 1).chainHash());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void disown(String logId, long position, byte[] chainHash) {
        if (logId.equals(id)) {
            disowned.add(position);
        }
    }

    /** Positions that somebody remembers of another history. */
    List<Long> disowned() {
        return disowned;
    }
}
