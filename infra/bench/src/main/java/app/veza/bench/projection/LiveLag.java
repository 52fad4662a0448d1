package app.veza.bench.projection;

import app.veza.bench.CpuClock;
import app.veza.bench.Figures;
import app.veza.projectionengine.Projection;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.ProjectionEngineConfig;
import app.veza.server.node.LoggedEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** All projections follow a log that grows at a fixed rate: how long until an event is committed in each read model. */
final class LiveLag {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(200);

    /** Small batches run code that rebuilds do not, and until it is compiled the compiler takes half of two cores. */
    private static final Duration WARM_UP = Duration.ofMinutes(1);

    private final Stage stage;
    private final WrittenLog written;
    private final Figures figures;

    LiveLag(Stage stage, WrittenLog written, Figures figures) {
        this.stage = stage;
        this.written = written;
        this.figures = figures;
    }

    /** When each event was due, by its position. A latency counts from there: whoever stalls cannot hide it. */
    private record Due(long first, long[] nanos) {
        long at(long position) {
            return nanos[(int) (position - first)];
        }
    }

    void measure(List<Projection> projections, int perSecond, Duration time) throws InterruptedException {
        int events = (int) (perSecond * time.toMillis() / 1_000);
        // as in a node, which has the keys of those who speak just now and forgets those of who is erased
        var log = new LoggedEvents(stage.log(), stage.codec());
        try (var engine = ProjectionEngine.start(
                log, stage.targets(), projections, ProjectionEngineConfig.defaults(), new SimpleMeterRegistry())) {
            caughtUp(engine, projections);
            load(perSecond, happenings((int) (perSecond * WARM_UP.toSeconds())));
            caughtUp(engine, projections);
            long first = stage.log().head() + 1;
            List<WrittenLog.Encoded> happenings = happenings(events);
            var due = new Due(first, new long[size(happenings)]);
            List<Thread> watching = new ArrayList<>();
            List<Histogram> lags = new ArrayList<>();
            for (Projection projection : projections) {
                var lag = new Histogram(60_000_000_000L, 3);
                lags.add(lag);
                watching.add(Thread.ofPlatform()
                        .name("lag-" + projection.name())
                        .start(() -> watch(engine, projection.name(), due, first + events - 1, lag)));
            }
            CpuClock postgres = stage.postgresClock();
            CpuClock redis = stage.redisClock();
            CpuClock.Reading postgresBefore = postgres.read();
            CpuClock.Reading redisBefore = redis.read();
            long start = System.nanoTime();
            Duration pausesBefore = pauses();
            Load load = load(perSecond, happenings, due);
            double nanos = System.nanoTime() - start;
            CpuClock.Reading cpu = postgres.read().since(postgresBefore);
            figures.add(
                    "all %d follow %,d events/s".formatted(projections.size(), perSecond),
                    "-",
                    "%.2f cores here (load included), %.2f in PostgreSQL, %.2f in Redis",
                    cpu.client() / nanos,
                    cpu.server() / nanos,
                    redis.read().since(redisBefore).server() / nanos);
            figures.add(
                    "what this process adds to each lag",
                    "-",
                    "garbage was collected for %,d ms in all; the latest event was handed over %.1f ms after it was due",
                    pauses().minus(pausesBefore).toMillis(),
                    load.latest() / 1e6);
            for (Thread thread : watching) {
                thread.join();
            }
            for (int i = 0; i < lags.size(); i++) {
                Histogram lag = lags.get(i);
                figures.add(
                        "lag of %s at %,d events/s".formatted(projections.get(i).name(), perSecond),
                        "p99 < 100 ms",
                        "p50 %.1f ms, p99 %.1f ms, max %.1f ms (%,d events at %,.0f/s)",
                        lag.getValueAtPercentile(50) / 1e6,
                        lag.getValueAtPercentile(99) / 1e6,
                        lag.getMaxValue() / 1e6,
                        lag.getTotalCount(),
                        load.perSecond());
            }
        }
    }

    private void caughtUp(ProjectionEngine engine, List<Projection> projections) throws InterruptedException {
        for (Projection projection : projections) {
            if (!engine.awaitPosition(projection.name(), stage.log().head(), Duration.ofMinutes(10))) {
                throw new IllegalStateException("Projection did not catch up: " + engine.positions());
            }
        }
    }

    private void load(int perSecond, List<WrittenLog.Encoded> happenings) throws InterruptedException {
        load(perSecond, happenings, new Due(stage.log().head() + 1, new long[size(happenings)]));
    }

    /** Of so many events at least, encoded: where somebody new gets a key that waits for the database, and the lag is not to count it. */
    private List<WrittenLog.Encoded> happenings(int events) {
        List<WrittenLog.Encoded> happenings = new ArrayList<>();
        for (int encoded = 0; encoded < events; ) {
            WrittenLog.Encoded next = written.next();
            happenings.add(next);
            encoded += next.size();
        }
        return happenings;
    }

    private static int size(List<WrittenLog.Encoded> happenings) {
        return happenings.stream().mapToInt(WrittenLog.Encoded::size).sum();
    }

    /** Since the process began, as the collectors count it. */
    private static Duration pauses() {
        return Duration.ofMillis(ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum());
    }

    /**
     * @param perSecond events that were truly appended
     * @param latest nanoseconds by which the latest was handed over after it was due
     */
    private record Load(double perSecond, long latest) {}

    private Load load(int perSecond, List<WrittenLog.Encoded> happenings, Due due) throws InterruptedException {
        long start = System.nanoTime();
        int events = 0;
        long latest = 0;
        List<CompletableFuture<Long>> last = new ArrayList<>();
        for (WrittenLog.Encoded next : happenings) {
            long at = start + events * 1_000_000_000L / perSecond;
            for (long wait = at - System.nanoTime(); wait > 0; wait = at - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            Arrays.fill(due.nanos(), events, events + next.size(), at);
            latest = Math.max(latest, System.nanoTime() - at);
            last.add(written.append(next));
            events += next.size();
        }
        CompletableFuture.allOf(last.toArray(CompletableFuture[]::new)).join();
        return new Load(events * 1e9 / (System.nanoTime() - start), latest);
    }

    private static void watch(ProjectionEngine engine, String name, Due due, long last, Histogram lag) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (long next = due.first(); next <= last; ) {
                if (!engine.awaitPosition(name, next, LOOK)) {
                    if (System.nanoTime() - deadline > 0) {
                        throw new IllegalStateException("Projection %s stands still before %,d".formatted(name, next));
                    }
                    continue;
                }
                long committed = engine.positions().get(name).position();
                long now = System.nanoTime();
                deadline = now + PATIENCE.toNanos();
                for (; next <= Math.min(committed, last); next++) {
                    lag.recordValue(Math.max(0, now - due.at(next)));
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
