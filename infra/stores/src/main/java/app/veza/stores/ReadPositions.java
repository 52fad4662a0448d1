package app.veza.stores;

import app.veza.stores.PositionPoller.Filled;
import app.veza.stores.PositionPoller.Snapshot;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Which server may answer a read that must not be older than a position. The positions come from the view
 * {@code projection.current} of the very server that is asked, so on the replica they travel with the data.
 */
public final class ReadPositions implements AutoCloseable {
    /** How long the replica is waited for before the primary is asked too: past p99 of replication (12 ms), twice. */
    private static final Duration REPLICA_FIRST = Duration.ofMillis(25);

    /** Age up to which known positions are good enough for a reply's header; they only ever understate. */
    private static final Duration FRESH = Duration.ofMillis(5);

    private static final Duration REFRESH_AT_MOST = Duration.ofMillis(100);

    public sealed interface Outcome permits Reached, NotReached {}

    /**
     * @param pool where to read
     * @param log id of the log that the projections there were filled from; empty where the position is 0 because they
     *     have none yet or not all of them the same
     * @param position least position of the projections there, for the reply: what is read now is not older
     */
    public record Reached(PostgresPool pool, String log, long position) implements Outcome {}

    /** @param position least position of the projections in the log in use, as far as known */
    public record NotReached(long position) implements Outcome {}

    private final PostgresPool replicaPool;
    private final PostgresPool primaryPool;
    private final PositionPoller replica;
    private final PositionPoller primary;
    private final Supplier<String> log;
    private final Timer waits;
    private final Counter fallbacks;
    private final Counter misses;
    private final List<BiConsumer<Set<String>, Long>> listeners = new CopyOnWriteArrayList<>();

    /**
     * @param log id of the log in use: only there does a position that is waited for mean what it says. After a restore the
     *     same number in a read model that is not rebuilt yet is another one
     */
    public ReadPositions(PostgresPool replica, PostgresPool primary, Supplier<String> log, MeterRegistry meters) {
        this.replicaPool = replica;
        this.primaryPool = primary;
        this.log = log;
        this.replica = new PositionPoller(replica);
        this.primary = new PositionPoller(primary);
        this.waits = Timer.builder("veza.read.wait")
                .description("Time a read waited for its least position")
                .publishPercentileHistogram()
                .register(meters);
        this.fallbacks = Counter.builder("veza.read.fallback")
                .description("Reads that went to the primary")
                .register(meters);
        this.misses = Counter.builder("veza.read.unreached")
                .description("Reads whose least position was reached nowhere in time")
                .register(meters);
    }

    /** Is told which projections somebody waits for, and until which position, before the wait begins. */
    public void onWait(BiConsumer<Set<String>, Long> listener) {
        listeners.add(listener);
    }

    /**
     * Blocks until a server has all of {@code projections} at {@code minPosition}: the replica at once if it has, else the
     * first of replica and primary that gets there.
     *
     * @param projections served names; a name that no projection has is never reached
     * @param minPosition 0 or less: any state of any log will do
     */
    public Outcome await(Set<String> projections, long minPosition, Duration atMost) {
        if (minPosition <= 0) {
            return any(projections);
        }
        long from = System.nanoTime();
        listeners.forEach(listener -> listener.accept(projections, minPosition));
        try {
            return awaitPosition(projections, log.get(), minPosition, from + atMost.toNanos());
        } finally {
            waits.record(Duration.ofNanos(System.nanoTime() - from));
        }
    }

    /** Least position of {@code projections} on the replica, a few milliseconds old at most while it can be reached. */
    public long current(Set<String> projections) {
        return fresh(replica).least(projections).position();
    }

    private Outcome any(Set<String> projections) {
        Snapshot onReplica = fresh(replica);
        if (replica.available()) {
            return reached(replicaPool, onReplica.least(projections));
        }
        fallbacks.increment();
        return reached(primaryPool, fresh(primary).least(projections));
    }

    private Outcome awaitPosition(Set<String> projections, String log, long minPosition, long deadline) {
        Duration first = replica.available() ? min(REPLICA_FIRST, left(deadline)) : Duration.ofNanos(1);
        do {
            try {
                Snapshot reached = replica.await(s -> s.least(projections).reaches(log, minPosition), first);
                if (replica.available()) {
                    return reached(replicaPool, reached.least(projections));
                }
            } catch (TimeoutException e) {
                // not an error: the primary is next, and the replica again after it
            }
            try {
                Snapshot reached = primary.await(
                        s -> s.least(projections).reaches(log, minPosition), min(REPLICA_FIRST, left(deadline)));
                fallbacks.increment();
                return reached(primaryPool, reached.least(projections));
            } catch (TimeoutException e) {
                first = min(Duration.ofMillis(5), left(deadline));
            }
        } while (System.nanoTime() - deadline < 0);
        misses.increment();
        return new NotReached(Math.max(
                positionIn(log, replica.newest().least(projections)),
                positionIn(log, primary.newest().least(projections))));
    }

    private static Reached reached(PostgresPool pool, Filled filled) {
        return new Reached(pool, filled.log(), filled.position());
    }

    private static long positionIn(String log, Filled filled) {
        return filled.log().equals(log) ? filled.position() : 0;
    }

    private static Snapshot fresh(PositionPoller poller) {
        long oldest = System.nanoTime() - FRESH.toNanos();
        try {
            return poller.await(
                    s -> s.askedAt() - oldest >= 0, poller.available() ? REFRESH_AT_MOST : Duration.ofMillis(1));
        } catch (TimeoutException e) {
            return poller.newest();
        }
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    @Override
    public void close() {
        replica.close();
        primary.close();
    }
}
