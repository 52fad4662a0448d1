package app.veza.projectionengine;

import app.veza.projectionengine.ProjectionStore.Pace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves one projection along the log, on one thread. What it remembers is only a guess of what the store holds; after
 * every failure or surprise it asks the store again.
 */
final class ProjectionRunner implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectionRunner.class);
    private static final Duration IDLE = Duration.ofMillis(100);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);

    /** A batch that takes longer is halved; one that takes less than half of it may grow again. */
    private static final Duration BATCH_TIME = Duration.ofMillis(500);

    private final Projection projection;
    private final ProjectionStore store;
    private final EventLog log;
    private final ProjectionEngineConfig config;
    private final Progress progress;
    private final CheckpointGuard guard;
    private final CountDownLatch stop = new CountDownLatch(1);

    private int limit;
    private boolean suspect;
    private long attempted;
    private boolean unserved;
    private volatile boolean reopen;
    private int attempts;

    ProjectionRunner(
            Projection projection,
            ProjectionStore store,
            EventLog log,
            ProjectionEngineConfig config,
            Progress progress) {
        this.projection = projection;
        this.store = store;
        this.log = log;
        this.config = config;
        this.progress = progress;
        this.guard = new CheckpointGuard(projection, store, log, config, progress, stop);
        this.limit = store.batchLimit();
    }

    /** Looks for the served edition: it changed. Without being told, a runner notices with its next batch. */
    void reopen() {
        reopen = true;
    }

    /** Ends after the batch that is under way. */
    void stop() {
        stop.countDown();
    }

    @Override
    public void run() {
        try {
            while (running()) {
                try {
                    follow(guard.open());
                } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                    recover(e);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Projection {} was interrupted", projection.name(), e);
        } catch (Throwable e) {
            fail("its runner died", e);
            throw e;
        } finally {
            store.close();
        }
    }

    private boolean running() {
        return stop.getCount() > 0;
    }

    private void follow(Checkpoint opened) throws InterruptedException {
        Checkpoint committed = opened;
        Checkpoint read = opened;
        long committedAt = System.nanoTime() - config.positionInterval().toNanos();
        boolean backlog = true;
        reopen = false;
        progress.opened(store.edition(), committed.position());
        unserved = store.unserved();
        if (progress.state() == ProjectionState.STALLED) {
            LOG.info("Projection {} goes on from position {}", projection.name(), committed.position());
        }
        progress.state(
                unserved || log.head() - committed.position() > store.batchLimit() && committed.position() == 0
                        ? ProjectionState.REBUILDING
                        : ProjectionState.RUNNING);
        while (running() && !reopen) {
            if (!backlog) {
                linger(committedAt);
            }
            List<? extends LoggedEvent> events = log.read(read.position(), store.batchLimit());
            if (!log.logId().equals(committed.logId())) {
                // restored while this ran, between two looks maybe: what was read may be of the other log
                return;
            }
            backlog = events.size() == store.batchLimit();
            boolean toTheEnd = !backlog;
            List<Recorded<?>> handled = List.of();
            if (!events.isEmpty()) {
                Batch batch = Batch.of(events, projection.eventTypes(), limit);
                read = read.at(batch.last());
                toTheEnd &= batch.last() == events.getLast();
                handled = batch.handled();
                attempted = handled.isEmpty() ? attempted : handled.getFirst().position();
            }
            long sinceCommit = System.nanoTime() - committedAt;
            boolean due = sinceCommit >= config.positionInterval().toNanos();
            if (!handled.isEmpty() || (due && read.position() > committed.position())) {
                long from = System.nanoTime();
                if (!store.apply(committed, handled, read, backlog ? Pace.BACKLOG : Pace.LIVE)) {
                    superseded(committed, read);
                    return;
                }
                committed = read;
                committedAt = System.nanoTime();
                succeeded(committed, handled.size(), committedAt - from);
                if (toTheEnd) {
                    caughtUp(committed);
                }
            } else if (events.isEmpty()) {
                caughtUp(committed);
                log.awaitPast(
                        read.position(),
                        read.position() > committed.position()
                                ? config.positionInterval().minusNanos(sinceCommit)
                                : IDLE);
            }
        }
    }

    /** Under load several appends share one commit; after a pause the first one does not wait. */
    private void linger(long committedAt) throws InterruptedException {
        long left = config.linger().toNanos() - (System.nanoTime() - committedAt);
        if (left > 0 && stop.await(left, TimeUnit.NANOSECONDS)) {
            LOG.debug("Projection {} stops", projection.name());
        }
    }

    private void succeeded(Checkpoint committed, int handled, long nanos) {
        progress.committed(committed, handled, nanos);
        attempts = 0;
        suspect = false;
        if (nanos > BATCH_TIME.toNanos()) {
            limit = Math.max(1, limit / 2);
        } else if (nanos < BATCH_TIME.toNanos() / 2) {
            limit = Math.min(store.batchLimit(), limit * 2);
        }
    }

    private void caughtUp(Checkpoint committed) {
        if (progress.state() == ProjectionState.REBUILDING) {
            if (unserved && !store.serve()) {
                return;
            }
            unserved = false;
            progress.state(ProjectionState.RUNNING);
            LOG.info("Projection {} caught up at position {}", projection.name(), committed.position());
        }
    }

    /** Someone else moved the position, or the target lost its newest data, or did what was thought to have failed. */
    private void superseded(Checkpoint expected, Checkpoint attempted) throws InterruptedException {
        progress.conflict();
        Checkpoint now = store.peek(log.logId());
        LOG.info(
                "Projection {} was expected at position {} and is at {}",
                projection.name(),
                expected.position(),
                now.position());
        if (now.position() > expected.position() && !now.equals(attempted)) {
            guard.standBy(now);
        }
    }

    private void recover(Throwable failure) throws InterruptedException {
        if (!running()) {
            return;
        }
        if (Failures.isTransient(failure)) {
            if (Failures.isTimeout(failure)) {
                // as it is, it may never be done in time
                limit = Math.max(1, limit / 2);
            }
            String cause = Failures.describe(failure);
            if (progress.state() != ProjectionState.STALLED) {
                LOG.warn("Projection {} is stalled and tries again: {}", projection.name(), cause);
            }
            progress.failed(ProjectionState.STALLED, cause);
            backOff();
        } else if (failure instanceof DefinitionException || Failures.isBroken(failure)) {
            fail("it cannot run", failure);
        } else if (limit > 1) {
            // which event is it? what stands before it gets committed on the way
            limit = Math.max(1, limit / 2);
            LOG.debug("Projection {} failed, goes on with {} events a batch", projection.name(), limit, failure);
        } else if (!suspect) {
            // once more from a fresh look at the store, which may have been emptied under this runner
            suspect = true;
        } else {
            fail(
                    failure instanceof UndecodableException
                            ? "an event cannot be decoded"
                            : "the event at position " + attempted + " cannot be applied",
                    failure);
        }
    }

    private void fail(String what, Throwable failure) {
        progress.failed(ProjectionState.FAILED, what + ": " + Failures.describe(failure));
        LOG.error(
                "Projection {} stopped at position {}: {}",
                projection.name(),
                progress.status().position(),
                what,
                failure);
        stop();
    }

    /** Doubles up to the bound, less up to a half by chance, so that many runners do not come back in step. */
    private void backOff() throws InterruptedException {
        long full = Math.min(config.maxBackoff().toMillis(), FIRST_BACKOFF.toMillis() << Math.min(attempts++, 16));
        long pause = full - ThreadLocalRandom.current().nextLong(full / 2 + 1);
        if (stop.await(pause, TimeUnit.MILLISECONDS)) {
            LOG.debug("Projection {} stops while it was stalled", projection.name());
        }
    }
}
