package app.veza.stores;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Newest projection positions of one server. While anybody waits, one thread asks the server every few milliseconds and
 * answers all waiters from that one query; while nobody waits, nothing is asked.
 */
final class PositionPoller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PositionPoller.class);
    private static final Field<String> NAME = DSL.field("name", String.class);
    private static final Field<String> LOG_ID = DSL.field("log_id", String.class);
    private static final Field<Long> POSITION = DSL.field("position", Long.class);
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final Duration HANGS = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

    /**
     * How far a read model is, and in which log.
     *
     * @param log empty where that cannot be said: the position is 0 then, which is one of every log
     */
    record Filled(String log, long position) {
        static final Filled NOTHING = new Filled("", 0);

        boolean reaches(String wantedLog, long wanted) {
            return position >= wanted && log.equals(wantedLog);
        }
    }

    /** @param askedAt nanoTime before the query was sent: what committed before is in it */
    record Snapshot(Map<String, Filled> read, long askedAt) {
        /** Of several the least; nothing while they were filled from different logs, one of which was replaced by the other. */
        Filled least(Set<String> projections) {
            Filled least = null;
            for (String name : projections) {
                Filled one = read.getOrDefault(name, Filled.NOTHING);
                if (least != null && !least.log().equals(one.log())) {
                    return Filled.NOTHING;
                }
                least = least == null || one.position() < least.position() ? one : least;
            }
            return least == null ? Filled.NOTHING : least;
        }
    }

    private record Waiter(Predicate<Snapshot> condition, CompletableFuture<Snapshot> answer) {}

    private final PostgresPool pool;
    private final ConcurrentLinkedQueue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile Snapshot newest =
            new Snapshot(Map.of(), System.nanoTime() - Duration.ofDays(1).toNanos());
    private volatile boolean available = true;
    private volatile long askingSince;
    private volatile boolean closed;

    PositionPoller(PostgresPool pool) {
        this.pool = pool;
        this.thread =
                Thread.ofPlatform().name("positions-" + pool.name()).daemon().start(this::run);
    }

    /** False after a failed query until one succeeds, and while one gets no answer. */
    boolean available() {
        long since = askingSince;
        return available && (since == 0 || System.nanoTime() - since < HANGS.toNanos());
    }

    Snapshot newest() {
        return newest;
    }

    /** @throws TimeoutException when no snapshot fulfilled the condition in time */
    Snapshot await(Predicate<Snapshot> condition, Duration atMost) throws TimeoutException {
        Snapshot now = newest;
        if (condition.test(now)) {
            return now;
        }
        if (!atMost.isPositive() || closed) {
            throw new TimeoutException();
        }
        Waiter waiter = new Waiter(condition, new CompletableFuture<>());
        waiters.add(waiter);
        LockSupport.unpark(thread);
        try {
            return waiter.answer().get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a position", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Waiting for a position failed", e.getCause());
        } finally {
            waiters.remove(waiter);
        }
    }

    private void run() {
        while (!closed) {
            if (waiters.isEmpty()) {
                LockSupport.park(this);
                continue;
            }
            LockSupport.parkNanos(this, ask() ? PAUSE.toNanos() : PAUSE_AFTER_FAILURE.toNanos());
        }
    }

    private boolean ask() {
        try {
            long askedAt = System.nanoTime();
            askingSince = askedAt;
            Map<String, Filled> read = pool.read(dsl -> dsl.select(NAME, LOG_ID, POSITION)
                    .from("projection.current")
                    .fetchMap(NAME, row -> new Filled(row.get(LOG_ID), row.get(POSITION))));
            Snapshot snapshot = new Snapshot(Map.copyOf(read), askedAt);
            newest = snapshot;
            if (!available) {
                LOG.info("Positions on {} can be read again", pool.name());
                available = true;
            }
            for (Waiter waiter : waiters) {
                if (waiter.condition().test(snapshot)) {
                    waiter.answer().complete(snapshot);
                }
            }
            return true;
        } catch (RuntimeException e) {
            if (available && !closed) {
                LOG.warn("Positions on {} cannot be read: {}", pool.name(), e.toString());
            }
            available = false;
            return false;
        } finally {
            askingSince = 0;
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
