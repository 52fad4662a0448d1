package app.veza.projection.kit;

import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PersonErased;
import app.veza.projectionengine.EventLog;
import app.veza.projectionengine.LoggedEvent;
import app.veza.projectionengine.Projection;
import app.veza.projectionengine.Recorded;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A log in memory for tests: the events that were given, a second apart from noon on 1 March 2026. */
public final class History implements EventLog {

    public static final Instant FIRST = Instant.parse("2026-03-01T12:00:01Z");

    /** @param tail how often the log had lost its tail before */
    private record Logged(long position, Instant timestamp, VezaEvent event, int tail) implements LoggedEvent {
        @Override
        public String type() {
            return EventTypes.nameOf(event.getClass());
        }

        @Override
        public byte[] chainHash() {
            return ByteBuffer.allocate(32).putInt(tail).putLong(24, position).array();
        }

        @Override
        public @Nullable Object payload() {
            return event;
        }

        @Override
        public Map<String, String> metadata() {
            return Map.of();
        }

        @Override
        public List<String> tags() {
            return Tagged.of(event);
        }
    }

    private volatile String logId = UUID.randomUUID().toString();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<Logged> events = new ArrayList<>();
    private int tail;
    private volatile @Nullable Long formerHead;

    /** @return position of the last of {@code given} */
    public long append(VezaEvent... given) {
        return append(History::timeOf, given);
    }

    /** As {@link #append(VezaEvent...)}, all of them at one time. */
    public long append(Instant at, VezaEvent... given) {
        return append(position -> at, given);
    }

    private long append(LongFunction<Instant> time, VezaEvent... given) {
        lock.lock();
        try {
            for (VezaEvent event : given) {
                long position = events.size() + 1L;
                events.add(new Logged(position, time.apply(position), event, tail));
            }
            grown.signalAll();
            return events.size();
        } finally {
            lock.unlock();
        }
    }

    /** When the event at {@code position} happened. */
    public static Instant timeOf(long position) {
        return FIRST.plusSeconds(position - 1);
    }

    /** As {@link #seenBy}, once the keys of those who were erased are gone: what is personal about them is unreadable from the start. */
    public List<Recorded<?>> seenLaterBy(Projection projection) {
        Set<UUID> erased = read(0, Integer.MAX_VALUE).stream()
                .map(LoggedEvent::payload)
                .filter(PersonErased.class::isInstance)
                .map(event -> ((PersonErased) event).personId())
                .collect(Collectors.toSet());
        return seenBy(projection).stream()
                .<Recorded<?>>map(seen ->
                        new Recorded<>(seen.position(), seen.timestamp(), Erasing.of((VezaEvent) seen.event(), erased)))
                .toList();
    }

    /** All events that {@code projection} handles, as it sees them. */
    public List<Recorded<?>> seenBy(Projection projection) {
        return read(0, Integer.MAX_VALUE).stream()
                .filter(logged -> projection.eventTypes().contains(logged.type()))
                .<Recorded<?>>map(logged -> new Recorded<>(logged.position(), logged.timestamp(), logged.payload()))
                .toList();
    }

    @Override
    public String logId() {
        return logId;
    }

    @Override
    public long head() {
        Long former = formerHead;
        if (former != null) {
            return former;
        }
        lock.lock();
        try {
            return events.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<? extends LoggedEvent> read(long after, int maxEvents) {
        if (formerHead != null) {
            throw new IllegalStateException("The log is being read from its start");
        }
        lock.lock();
        try {
            int from = (int) Math.min(after, events.size());
            int to = (int) Math.min((long) from + maxEvents, events.size());
            return List.copyOf(events.subList(from, to));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitPast(long position, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (events.size() <= position && left > 0) {
                left = grown.awaitNanos(left);
            }
            return events.size() > position;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isCaughtUp() {
        return formerHead == null;
    }

    @Override
    public Optional<byte[]> chainHash(long position) {
        return position < 1
                ? Optional.empty()
                : read(position - 1, 1).stream().findFirst().map(LoggedEvent::chainHash);
    }

    @Override
    public void disown(String disowned, long position, byte[] chainHash) {
        boolean held = chainHash(position)
                .filter(hash -> Arrays.equals(hash, chainHash))
                .isPresent();
        if (disowned.equals(logId) && !held) {
            logId = UUID.randomUUID().toString();
        }
    }

    /** As one that was restored to the position: another id at once, but until {@link #isReadAgain} its end is that of the one before. */
    public void isRestoredTo(long position) {
        formerHead = head();
        loseAllBehind(position);
        logId = UUID.randomUUID().toString();
    }

    public void isReadAgain() {
        formerHead = null;
    }

    /** As one that lost its tail and did not notice: the same id, and other events at the same positions. */
    public void loseAllBehind(long position) {
        lock.lock();
        try {
            events.subList((int) position, events.size()).clear();
            tail++;
        } finally {
            lock.unlock();
        }
    }
}
