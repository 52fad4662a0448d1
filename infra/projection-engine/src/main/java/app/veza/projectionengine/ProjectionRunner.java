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

    /** Whoever comes to wait for a position that was read but not committed waits so long at most until that is noticed. */
    private static final Duration UNCOMMITTED = Duration.ofMillis(10);

    private static final Duration FIRST_LOOK = Duration.ofSeconds(1);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);

    private final Projection projection;
    private final ProjectionStore store;
    private final EventLog log;
    private final ProjectionEngineConfig config;
    private final Progress progress;
    private final Leadership leadership;
    private final LogReader reader;
    private final CheckpointGuard guard;
    private final CountDownLatch stop = new CountDownLatch(1);

    private final PoisonSearch search;

    private List<? extends LoggedEvent> reading = List.of();
    private final LeftBehind leftBehind;

    private boolean unserved;

    /** It goes on although another node leads, for that one rests; until that one moves again. */
    private boolean acting;

    private volatile boolean reopen;
    private int attempts;

    /** Of a projection that no other node runs. */
    ProjectionRunner(
            Projection projection,
            ProjectionStore store,
            EventLog log,
            ProjectionEngineConfig config,
            Progress progress) {
        this(projection, store, log, config, progress, Leadership.ALONE);
    }

    ProjectionRunner(
            Projection projection,
            ProjectionStore store,
            EventLog log,
            ProjectionEngineConfig config,
            Progress progress,
            Leadership leadership) {
        this.leadership = leadership;
        this.projection = projection;
        this.store = store;
        this.log = log;
        this.config = config;
        this.progress = progress;
        this.reader = new LogReader(projection, log, store.batchLimit());
        this.guard = new CheckpointGuard(projection, store, log, config, progress, leadership, stop);
        this.leftBehind = new LeftBehind(projection, System::nanoTime);
        this.search = new PoisonSearch(projection, store.batchLimit());
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
            leadership.awaitKnown(FIRST_LOOK);
            while (running()) {
                try {
                    // whatever fails from here on until a batch is read is none of an event's doing
                    reading = List.of();
                    Checkpoint opened = guard.open();
                    if (isLedElsewhere()) {
                        progress.opened(store.edition(), opened, store.deadLetters());
                        acting = guard.standBy(opened);
                    } else {
                        follow(opened);
                    }
                } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                    recover(e);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Projection {} was interrupted", projection.name(), e);
        } catch (Throwable e) {
            // an error of the JVM that even recovery met; the thread ends here, and is seen to have
            fail("its runner died", e);
        } finally {
            reader.close();
            store.close();
        }
    }

    private boolean running() {
        return stop.getCount() > 0;
    }

    private boolean isLedElsewhere() {
        return !acting && leadership.role(projection) == Leadership.Role.FOLLOWS;
    }

    private void follow(Checkpoint opened) throws InterruptedException {
        Checkpoint committed = opened;
        Checkpoint read = opened;
        long committedAt = System.nanoTime() - config.positionInterval().toNanos();
        long lookedAt = committedAt;
        boolean backlog = true;
        reader.forget();
        reopen = false;
        progress.opened(store.edition(), committed, store.deadLetters());
        unserved = store.unserved();
        if (!unserved) {
            progress.served();
        }
        if (progress.state() == ProjectionState.STALLED) {
            LOG.info("Projection {} goes on from position {}", projection.name(), committed.position());
        }
        progress.state(
                unserved || log.head() - committed.position() > store.batchLimit() && committed.position() == 0
                        ? ProjectionState.REBUILDING
                        : ProjectionState.RUNNING);
        while (running() && !reopen && !isLedElsewhere()) {
            if (!backlog) {
                linger(Math.max(committedAt, lookedAt));
            }
            reading = List.of();
            progress.doing(Doing.Step.READING, read.position());
            LogReader.Page page = reader.read(read.position());
            List<? extends LoggedEvent> events = page.events();
            if (!log.logId().equals(committed.logId())) {
                // restored while this ran, between two looks maybe: what was read may be of the other log
                return;
            }
            boolean toTheEnd = page.end();
            if (unserved && leftBehind.isDue()) {
                progress.readers(leftBehind.look(store.servedAt(), log.head()));
            }
            Work work = Work.NONE;
            if (!events.isEmpty()) {
                reading = events;
                lookedAt = System.nanoTime();
                Batch batch = search.next(events);
                read = read.at(batch.last());
                toTheEnd &= batch.last() == events.getLast();
                work = batch.work();
            }
            backlog = !toTheEnd;
            long sinceCommit = System.nanoTime() - committedAt;
            boolean due =
                    sinceCommit >= config.positionInterval().toNanos() || progress.isWaitedFor(committed.position());
            if (!work.isEmpty() || (due && read.position() > committed.position())) {
                long from = System.nanoTime();
                progress.doing(Doing.Step.APPLYING, committed.position());
                Applied applied = store.apply(committed, work, read, backlog ? Pace.BACKLOG : Pace.LIVE);
                if (!applied.moved()) {
                    superseded(committed, read);
                    return;
                }
                committed = read;
                committedAt = System.nanoTime();
                succeeded(committed, work, applied, committedAt - from);
                if (toTheEnd) {
                    caughtUp(committed);
                }
            } else if (events.isEmpty()) {
                caughtUp(committed);
                progress.doing(Doing.Step.WAITING, read.position());
                log.awaitPast(read.position(), read.position() > committed.position() ? UNCOMMITTED : IDLE);
            }
        }
    }

    /** Under load several appends share one look and one commit; after a pause the first one does not wait. */
    private void linger(long since) throws InterruptedException {
        long left = config.linger().toNanos() - (System.nanoTime() - since);
        if (left > 0 && stop.await(left, TimeUnit.NANOSECONDS)) {
            LOG.debug("Projection {} stops", projection.name());
        }
    }

    private void succeeded(Checkpoint committed, Work work, Applied applied, long nanos) {
        progress.committed(committed, applied, nanos);
        attempts = 0;
        search.succeeded(committed, nanos);
        if (work.poison() != null) {
            LOG.error(
                    "Projection {}: the {} at position {} is a dead letter now, with all later events of {}: {}",
                    projection.name(),
                    work.poison().event().type(),
                    work.first(),
                    work.poison().key(),
                    work.poison().error());
        }
    }

    private void caughtUp(Checkpoint committed) {
        if (progress.state() == ProjectionState.REBUILDING) {
            if (unserved && !led(committed)) {
                return;
            }
            unserved = false;
            progress.served();
            progress.state(ProjectionState.RUNNING);
            LOG.info("Projection {} caught up at position {}", projection.name(), committed.position());
        }
    }

    /** Whether readers are led to it; else it is to be tried again. */
    private boolean led(Checkpoint committed) {
        // whatever fails here is none of an event's doing
        reading = List.of();
        if (!store.isPrepared()) {
            progress.doing(Doing.Step.PREPARING, committed.position());
            store.prepare();
            // the log is further by now
            return false;
        }
        boolean led = store.serve();
        progress.switchHeldUp(led ? null : store.switchHeldUp());
        return led;
    }

    /** Someone else moved the position, or the target lost its newest data, or did what was thought to have failed. */
    private void superseded(Checkpoint expected, Checkpoint attempted) throws InterruptedException {
        progress.conflict();
        acting = false;
        Checkpoint now = store.peek(log.logId());
        LOG.info(
                "Projection {} was expected at position {} and is at {}",
                projection.name(),
                expected.position(),
                now.position());
        boolean moved = now.position() > expected.position() && !now.equals(attempted);
        if (moved && leadership.role(projection) != Leadership.Role.LEADS) {
            acting = guard.standBy(now);
        }
    }

    private void recover(Throwable failure) throws InterruptedException {
        if (!running()) {
            return;
        }
        if (Failures.isTransient(failure)) {
            if (Failures.isTimeout(failure)) {
                // as it is, it may never be done in time
                search.halve();
            }
            String cause = Failures.describe(failure);
            if (progress.state() != ProjectionState.STALLED) {
                LOG.warn("Projection {} is stalled and tries again: {}", projection.name(), cause);
            }
            progress.failed(ProjectionState.STALLED, cause, Failures.inOurWords(failure));
            backOff();
        } else if (failure instanceof JobFailure) {
            progress.failed(ProjectionState.FAILED, String.valueOf(failure.getMessage()));
            stop();
        } else if (failure instanceof DefinitionException) {
            fail("it cannot run", failure);
        } else if (Failures.isBroken(failure)) {
            LOG.error("Projection {} is half-way in a batch and is filled again", projection.name(), failure);
            progress.failed(ProjectionState.REBUILDING, Failures.describe(failure), Failures.inOurWords(failure));
        } else if (search.failed(reading, failure)) {
            LOG.debug(
                    "Projection {} failed, goes on with {} events a batch: {}",
                    projection.name(),
                    search.limit(),
                    Failures.withoutValues(failure));
        } else {
            fail(reading.isEmpty() ? "it cannot go on" : "an event can neither be applied nor parked", failure);
        }
    }

    private void fail(String what, Throwable failure) {
        progress.failed(
                ProjectionState.FAILED,
                what + ": " + Failures.describe(failure),
                what + ": " + Failures.inOurWords(failure));
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
        progress.doing(Doing.Step.PAUSING, progress.status().position());
        long full = Math.min(config.maxBackoff().toMillis(), FIRST_BACKOFF.toMillis() << Math.min(attempts++, 16));
        long pause = full - ThreadLocalRandom.current().nextLong(full / 2 + 1);
        if (stop.await(pause, TimeUnit.MILLISECONDS)) {
            LOG.debug("Projection {} stops while it was stalled", projection.name());
        }
    }
}
