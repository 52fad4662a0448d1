package app.veza.projectionengine;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills one edition beside the served one, by the same runner that the live ones have. */
final class Filling implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Filling.class);
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final BoundedLog log;
    private final Progress progress;
    private final ProjectionRunner runner;
    private final Thread thread;
    private final StallWatch stalls;
    private final StallWatch.Watched watched;

    private Filling(Projection projection, ProjectionStore store, BoundedLog log, JobTools tools) {
        this.log = log;
        this.stalls = tools.stalls();
        // its figures are the job's: they must not stand among those of the live projections
        this.progress = new Progress(projection, store.target(), log, new CompositeMeterRegistry());
        this.runner = new ProjectionRunner(projection, store, log, tools.config(), progress);
        this.thread = Thread.ofPlatform()
                .name("filling-" + store.edition().schema())
                .daemon()
                .unstarted(runner);
        this.watched = new StallWatch.Watched(
                projection, progress, thread, log.longestRest(), StallWatch.Blockers.of(projection, tools.targets()));
    }

    /** @param store of an edition that exists */
    static Filling start(Projection projection, ProjectionStore store, BoundedLog log, JobTools tools) {
        Filling filling = new Filling(projection, store, log, tools);
        filling.thread.start();
        filling.stalls.add(filling.watched);
        return filling;
    }

    void hurry() {
        log.hurry();
    }

    void extend(long to) {
        log.extend(to);
    }

    boolean awaitPosition(long position, Duration atMost) throws InterruptedException {
        return progress.await(position, atMost);
    }

    /** Readers see it; the live runners find it and go on with it. */
    boolean isServed() {
        return progress.isServed();
    }

    /** Why its readers cannot be led to it; null when nothing is known against it. */
    @Nullable
    String switchHeldUp() {
        return progress.switchHeldUp();
    }

    /** What it is at, in a word or two. */
    String phase() {
        return progress.doing().step() == Doing.Step.PREPARING ? "making indexes" : "filling";
    }

    ProjectionStatus status() {
        return progress.status();
    }

    /** After this nothing is written any more, unless the database hangs: then its fence ends what is late. */
    @Override
    public void close() {
        stalls.remove(watched);
        runner.stop();
        try {
            if (!thread.join(CLOSE)) {
                LOG.warn("{} did not end within {}", thread.getName(), CLOSE);
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        progress.close();
    }
}
