package app.veza.bench.projection;

import app.veza.bench.CpuClock;
import app.veza.bench.Figures;
import app.veza.eventstore.NewEvent;
import app.veza.projectionengine.Projection;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.ProjectionEngineConfig;
import app.veza.projectionengine.ProjectionStatus;
import app.veza.server.node.LoggedEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * All projections follow a log that grows at a fixed rate: how long until what an event changes is committed in each read model that it
 * changes. Nobody waits for a position meanwhile: who does lets a projection commit also what changes nothing.
 */
final class LiveLag {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(1);

    /** Small batches run code that rebuilds do not, and until it is compiled the compiler takes a good part of two cores. */
    private static final Duration WARM_UP = Duration.ofMinutes(3);

    private final Stage stage;
    private final WrittenLog written;
    private final Figures figures;

    LiveLag(Stage stage, WrittenLog written, Figures figures) {
        this.stage = stage;
        this.written = written;
        this.figures = figures;
    }

    /** What is to happen, and when each event was due, by its position. A latency counts from there: whoever stalls cannot hide it. */
    private record Due(long first, List<String> types, long[] nanos) {
        static Due of(long first, List<WrittenLog.Encoded> happenings) {
            List<String> types = happenings.stream()
                    .flatMap(happening -> happening.events().stream())
                    .map(NewEvent::type)
                    .toList();
            return new Due(first, types, new long[types.size()]);
        }
    }

    /** Of one projection: which of the events it handles, as offsets into what is due, and how many of them are committed. */
    private static final class Lag {

        private final Projection projection;
        private final int[] handled;
        private final Histogram nanos = new Histogram(60_000_000_000L, 3);
        private int committed;

        Lag(Projection projection, Due due) {
            this.projection = projection;
            this.handled = IntStream.range(0, due.types().size())
                    .filter(i -> projection.eventTypes().contains(due.types().get(i)))
                    .toArray();
        }

        boolean isOver() {
            return committed == handled.length;
        }

        /** @return whether anything was committed since the last look */
        boolean look(long position, Due due, long now) {
            int before = committed;
            for (; !isOver() && due.first() + handled[committed] <= position; committed++) {
                nanos.recordValue(Math.max(0, now - due.nanos()[handled[committed]]));
            }
            return committed > before;
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
            var due = Due.of(first, happenings);
            List<Lag> lags = projections.stream()
                    .map(projection -> new Lag(projection, due))
                    .toList();
            var watching = CompletableFuture.runAsync(
                    () -> watch(engine, due, lags),
                    task -> Thread.ofPlatform().name("lag").start(task));
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
            watching.join();
            for (Lag lag : lags) {
                figures.add(
                        "lag of %s at %,d events/s".formatted(lag.projection.name(), perSecond),
                        "p99 < 100 ms",
                        "p50 %.1f ms, p99 %.1f ms, max %.1f ms (%,d of %,d events, which came at %,.0f/s)",
                        lag.nanos.getValueAtPercentile(50) / 1e6,
                        lag.nanos.getValueAtPercentile(99) / 1e6,
                        lag.nanos.getMaxValue() / 1e6,
                        lag.nanos.getTotalCount(),
                        due.types().size(),
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
        load(perSecond, happenings, Due.of(stage.log().head() + 1, happenings));
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

    private static void watch(ProjectionEngine engine, Due due, List<Lag> lags) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!lags.stream().allMatch(Lag::isOver)) {
            LockSupport.parkNanos(LOOK.toNanos());
            Map<String, ProjectionStatus> positions = engine.positions();
            long now = System.nanoTime();
            for (Lag lag : lags) {
                if (lag.look(positions.get(lag.projection.name()).position(), due, now)) {
                    deadline = now + PATIENCE.toNanos();
                }
            }
            if (now - deadline > 0) {
                throw new IllegalStateException("No projection moves any more: " + positions);
            }
        }
    }
}
