package app.veza.bench.projection;

import app.veza.bench.CpuClock;
import app.veza.bench.Figures;
import app.veza.projectionengine.Projection;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.ProjectionEngineConfig;
import app.veza.projectionengine.ProjectionState;
import app.veza.projectionengine.ProjectionStatus;
import app.veza.projectionengine.RedisProjection;
import app.veza.server.node.LoggedEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Fills projections from position 0, one after another and all at once. */
final class Rebuilds {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Stage stage;
    private final Figures figures;

    Rebuilds(Stage stage, Figures figures) {
        this.stage = stage;
        this.figures = figures;
    }

    /** @param handled events that the projections handled @param cpu of this process and of the target's */
    record Rebuilt(double seconds, long events, double handled, CpuClock.Reading cpu) {
        double perSecond() {
            return events / seconds;
        }
    }

    /** Not measured: compilers and caches are warm afterwards. */
    void warm(Collection<Projection> projections) throws InterruptedException, SQLException {
        for (Projection projection : projections) {
            rebuild(List.of(projection), clock(projection));
        }
    }

    void each(Collection<Projection> projections) throws InterruptedException, SQLException {
        for (Projection projection : projections) {
            boolean redis = projection instanceof RedisProjection;
            Rebuilt rebuilt = rebuild(List.of(projection), clock(projection));
            row(
                    "rebuild of " + projection.name(),
                    redis ? "200,000/s" : "100,000/s",
                    redis ? "Redis" : "PostgreSQL",
                    rebuilt);
        }
    }

    void together(List<Projection> projections) throws InterruptedException, SQLException {
        row(
                "rebuild of all %d at once".formatted(projections.size()),
                "-",
                "PostgreSQL",
                rebuild(projections, stage.postgresClock()));
    }

    private CpuClock clock(Projection projection) {
        return projection instanceof RedisProjection ? stage.redisClock() : stage.postgresClock();
    }

    private void row(String what, String target, String server, Rebuilt rebuilt) {
        figures.add(
                "%s from %,d events".formatted(what, rebuilt.events()),
                target,
                "%,.0f events/s (%.2f s, %,.0f handled/s); CPU %.2f s here, %.2f s in %s, an event %.1f + %.1f us",
                rebuilt.perSecond(),
                rebuilt.seconds(),
                rebuilt.handled() / rebuilt.seconds(),
                rebuilt.cpu().client() / 1e9,
                rebuilt.cpu().server() / 1e9,
                server,
                rebuilt.cpu().client() / 1e3 / rebuilt.events(),
                rebuilt.cpu().server() / 1e3 / rebuilt.events());
    }

    private Rebuilt rebuild(Collection<Projection> projections, CpuClock clock)
            throws InterruptedException, SQLException {
        stage.empty();
        long head = stage.log().indexedPosition();
        var meters = new SimpleMeterRegistry();
        var log = new LoggedEvents(stage.log(), stage.freshCodec());
        CpuClock.Reading before = clock.read();
        long start = System.nanoTime();
        try (var engine =
                ProjectionEngine.start(log, stage.targets(), projections, ProjectionEngineConfig.defaults(), meters)) {
            for (Projection projection : projections) {
                await(engine, projection.name(), head);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            CpuClock.Reading cpu = clock.read().since(before);
            double handled = meters.find("veza.projection.applied").counters().stream()
                    .mapToDouble(counter -> counter.count())
                    .sum();
            return new Rebuilt(seconds, head, handled, cpu);
        }
    }

    private static void await(ProjectionEngine engine, String name, long position) throws InterruptedException {
        while (!engine.awaitPosition(name, position, LOOK)) {
            ProjectionStatus status = engine.positions().get(name);
            if (status.state() == ProjectionState.FAILED || status.state() == ProjectionState.STALLED) {
                throw new IllegalStateException("Projection %s is %s at position %,d: %s"
                        .formatted(name, status.state(), status.position(), status.lastError()));
            }
        }
    }
}
