package app.veza.projectionengine;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that a position rests although there are events, also when nothing fails: a read that hangs, a lock, a thread
 * that is gone. From outside of the runners, since one that hangs cannot tell.
 */
final class StallWatch implements AutoCloseable {
    /** With {@link #LOOK} well below the ten seconds within which it has to be seen. */
    private static final Duration RESTS = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(StallWatch.class);

    /**
     * @param rests how long it may rest on purpose between two batches
     * @param blockers who holds what the projection waits for in its store
     */
    record Watched(Projection projection, Progress progress, Thread thread, Duration rests, Blockers blockers) {}

    interface Blockers {
        Optional<String> describe();

        static Blockers of(Projection projection, ProjectionTargets targets) {
            return switch (projection) {
                case SqlProjection sql -> new SqlBlockers(sql, targets.of(sql.target()));
                case RedisProjection redis -> Optional::empty;
            };
        }
    }

    private record Rest(long position, long since) {
        static final Rest NONE = new Rest(-1, 0);
    }

    private final Map<Watched, Rest> rests = new ConcurrentHashMap<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread looking = thread("projection-watch", this::look);

    /** Apart, for a store that does not answer must not keep the others from being looked at. */
    private final Thread explaining = thread("projection-blockers", this::explain);

    private Thread thread(String name, Consumer<Watched> eachOne) {
        return Thread.ofPlatform().name(name).daemon().unstarted(() -> run(eachOne));
    }

    void start() {
        looking.start();
        explaining.start();
    }

    void add(Watched one) {
        rests.put(one, Rest.NONE);
    }

    /** Of a runner that ends; a look that is under way may still see it. */
    void remove(Watched one) {
        rests.remove(one);
    }

    private void run(Consumer<Watched> eachOne) {
        try {
            while (!stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                rests.keySet().forEach(eachOne);
            }
        } catch (InterruptedException e) {
            LOG.debug("The watch was interrupted", e);
        }
    }

    private void look(Watched one) {
        ProjectionStatus status = one.progress().status();
        if (status.state() == ProjectionState.FAILED || status.state() == ProjectionState.STOPPED) {
            return;
        }
        if (!one.thread().isAlive()) {
            one.progress().failed(ProjectionState.FAILED, "its thread has ended");
            LOG.error("The thread of projection {} has ended", status.name());
            return;
        }
        long now = System.nanoTime();
        Rest rest = rests.getOrDefault(one, Rest.NONE);
        if (status.position() != rest.position()
                || status.lag() == 0
                || one.progress().doing().mayTakeLonger(now)) {
            rests.replace(one, new Rest(status.position(), now));
            one.progress().stalled(null);
        } else if (now - rest.since() >= RESTS.plus(one.rests()).toNanos()
                && !one.progress().isStalled()) {
            String cause = one.progress().doing().words(now);
            // a failure that is tried again has said its cause
            one.progress().stalled(cause);
            LOG.warn(
                    "Projection {} is stalled at position {}, {} events behind: it {}",
                    status.name(),
                    status.position(),
                    status.lag(),
                    cause);
        }
    }

    private void explain(Watched one) {
        if (!one.progress().isStalled()) {
            return;
        }
        try {
            one.blockers().describe().ifPresent(one.progress()::blocked);
        } catch (RuntimeException e) {
            LOG.debug(
                    "Who blocks projection {} cannot be told", one.projection().name(), e);
        }
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
