package app.veza.bench.projection;

import app.veza.bench.CpuClock;
import app.veza.bench.Figures;
import app.veza.projectionengine.Projection;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.ProjectionEngineConfig;
import app.veza.projectionengine.ProjectionJob;
import app.veza.projectionengine.ProjectionState;
import app.veza.projectionengine.ProjectionStatus;
import app.veza.projectionengine.RedisProjection;
import app.veza.server.node.LoggedEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Rebuilds projections one after another, as {@code ./veza projections rebuild} does, and fills all of them at once. */
final class Rebuilds {

    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Looks that find the same position. */
    private static final int MOST_RESTS = 60;

    private static final long POLL_MILLIS = 20;

    private final Stage stage;
    private final Figures figures;

    Rebuilds(Stage stage, Figures figures) {
        this.stage = stage;
        this.figures = figures;
    }

    /** @param cpu of this process and of the target's */
    record Rebuilt(double seconds, long events, CpuClock.Reading cpu) {
        double perSecond() {
            return events / seconds;
        }
    }

    /** Not measured: compilers and caches are warm afterwards. */
    void warm(List<Projection> projections) throws InterruptedException, SQLException {
        fill(projections);
    }

    /** From the request to the switch of the readers, indexes included, beside live runners that have nothing to do. */
    void each(List<Projection> projections) throws InterruptedException {
        try (var engine = start(projections)) {
            await(engine, projections);
            for (Projection projection : projections) {
                boolean redis = projection instanceof RedisProjection;
                CpuClock clock = redis ? stage.redisClock() : stage.postgresClock();
                row(
                        "rebuild of " + projection.name(),
                        redis ? "200,000/s" : "100,000/s",
                        redis ? "Redis" : "PostgreSQL",
                        measured(clock, () -> rebuild(engine, projection)));
            }
        }
    }

    /** From nothing, with their indexes from the start. */
    void together(List<Projection> projections) throws InterruptedException, SQLException {
        row("fill of all %d at once".formatted(projections.size()), "-", "PostgreSQL", fill(projections));
    }

    private void row(String what, String target, String server, Rebuilt rebuilt) {
        figures.add(
                "%s from %,d events".formatted(what, rebuilt.events()),
                target,
                "%,.0f events/s (%.2f s); CPU %.2f s here, %.2f s in %s, an event %.1f + %.1f us",
                rebuilt.perSecond(),
                rebuilt.seconds(),
                rebuilt.cpu().client() / 1e9,
                rebuilt.cpu().server() / 1e9,
                server,
                rebuilt.cpu().client() / 1e3 / rebuilt.events(),
                rebuilt.cpu().server() / 1e3 / rebuilt.events());
    }

    private Rebuilt fill(List<Projection> projections) throws InterruptedException, SQLException {
        stage.empty();
        return measured(stage.postgresClock(), () -> {
            try (var engine = start(projections)) {
                await(engine, projections);
            }
        });
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private Rebuilt measured(CpuClock clock, Work work) throws InterruptedException {
        CpuClock.Reading before = clock.read();
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Rebuilt(seconds, stage.log().head(), clock.read().since(before));
    }

    private ProjectionEngine start(List<Projection> projections) {
        var log = new LoggedEvents(stage.log(), stage.freshCodec());
        return ProjectionEngine.start(
                log, stage.targets(), projections, ProjectionEngineConfig.defaults(), new SimpleMeterRegistry());
    }

    private static void rebuild(ProjectionEngine engine, Projection projection) throws InterruptedException {
        ProjectionJob job = engine.jobs().rebuild(projection.name());
        while (!job.state().ended()) {
            Thread.sleep(POLL_MILLIS);
            job = engine.jobs().job(job.id());
        }
        if (job.state() != ProjectionJob.State.DONE) {
            throw new IllegalStateException(
                    "The rebuild of %s ended %s: %s".formatted(projection.name(), job.state(), job.error()));
        }
    }

    private void await(ProjectionEngine engine, List<Projection> projections) throws InterruptedException {
        for (Projection projection : projections) {
            await(engine, projection.name(), stage.log().head());
        }
    }

    /** A cold engine on a busy machine may rest for seconds before its first batch; what rests for long, or fails, never comes. */
    private static void await(ProjectionEngine engine, String name, long position) throws InterruptedException {
        long at = -1;
        int rests = 0;
        while (!engine.awaitPosition(name, position, LOOK)) {
            ProjectionStatus status = engine.positions().get(name);
            rests = status.position() == at ? rests + 1 : 0;
            at = status.position();
            if (status.state() == ProjectionState.FAILED || rests == MOST_RESTS) {
                throw new IllegalStateException("Projection %s is %s at position %,d: %s"
                        .formatted(name, status.state(), status.position(), status.lastError()));
            }
        }
    }
}
