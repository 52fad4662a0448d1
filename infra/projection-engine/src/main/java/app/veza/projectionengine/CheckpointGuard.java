package app.veza.projectionengine;

import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a runner go on only from a checkpoint of this very log, and not while another runner is at work. */
final class CheckpointGuard {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointGuard.class);
    private static final Duration WATCH = Duration.ofMillis(100);

    /** Every node but one asks for every projection, also when nothing happens. */
    private static final Duration STAND_BY = Duration.ofMillis(250);

    /** A person may retry or drop dead letters on any node: one in so many looks asks how many there are. */
    private static final int LETTERS_EVERY = 20;

    private static final Duration OUTDATED = Duration.ofSeconds(1);

    private final Projection projection;
    private final ProjectionStore store;
    private final EventLog log;
    private final ProjectionEngineConfig config;
    private final Progress progress;
    private final Leadership leadership;
    private final CountDownLatch stop;
    private @Nullable String trustedLog;

    CheckpointGuard(
            Projection projection,
            ProjectionStore store,
            EventLog log,
            ProjectionEngineConfig config,
            Progress progress,
            Leadership leadership,
            CountDownLatch stop) {
        this.leadership = leadership;
        this.projection = projection;
        this.store = store;
        this.log = log;
        this.config = config;
        this.progress = progress;
        this.stop = stop;
    }

    /** The checkpoint to go on from; when stopped meanwhile, whatever was read last. */
    Checkpoint open() throws InterruptedException {
        while (true) {
            progress.doing(Doing.Step.OPENING, 0);
            awaitCurrent();
            Checkpoint checkpoint = store.open(log.logId());
            Identity identity = Identity.of(checkpoint, log);
            if (identity instanceof Identity.Ahead ahead) {
                identity = waitForLog(checkpoint, ahead);
            }
            switch (identity) {
                case Identity.Same same -> {
                    trustedLog = checkpoint.logId();
                    return checkpoint;
                }
                case Identity.Other other -> replace(checkpoint, other.reason());
                case Identity.Ahead ahead -> {
                    // it moved while it was watched: someone else sees more of this log; look again
                }
            }
            if (stop.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
                return checkpoint;
            }
        }
    }

    /** During a rolling upgrade: nodes with the newer code run the projection, until this one's version is served again. */
    private void awaitCurrent() throws InterruptedException {
        while (store.outdated()) {
            if (progress.state() != ProjectionState.STANDBY) {
                LOG.info(
                        "Projection {} is served by a version above {}: this node only watches",
                        projection.name(),
                        projection.version());
                progress.state(ProjectionState.STANDBY);
            }
            // Known here, too: readers wait for it on this node
            long served = store.servedAt().map(ServedAt::position).orElse(0L);
            progress.doing(Doing.Step.OUTDATED, served);
            progress.at(served);
            if (stop.await(OUTDATED.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("Stopped while another version was served");
            }
        }
    }

    private void replace(Checkpoint checkpoint, String reason) throws InterruptedException {
        if (log.logId().equals(trustedLog) && !checkpoint.logId().equals(trustedLog)) {
            // someone with another log took it over while this runner ran; to take it back would be an endless fight
            progress.failed(ProjectionState.STALLED, "another node follows another log: " + reason);
            LOG.error("Projection {} is filled by another node from another log: {}", projection.name(), reason);
            stop.await(config.maxBackoff().toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        LOG.warn("Projection {} does not belong to this log: {}. It is rebuilt", projection.name(), reason);
        progress.failed(ProjectionState.REBUILDING, reason);
        if (checkpoint.logId().equals(log.logId())) {
            // What this notices by the hash, others who know positions of it, clients too, can notice by the id alone
            log.disown(checkpoint.logId(), checkpoint.position(), HexFormat.of().parseHex(checkpoint.chain()));
        }
        store.reset(checkpoint, log.logId());
    }

    /**
     * A log that is late arrives, or the checkpoint moves on; neither says it is another history. Nor does a log that this node has not
     * read to its end, as while it is cut off from it: it waits until it has.
     */
    private Identity waitForLog(Checkpoint checkpoint, Identity.Ahead ahead) throws InterruptedException {
        LOG.warn("Projection {} waits for the log: {}", projection.name(), ahead.reason());
        progress.failed(ProjectionState.STALLED, ahead.reason());
        long deadline = System.nanoTime() + config.headGrace().toNanos();
        while (!stop.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
            // asked before the look: what it says is true of all that this checkpoint was filled from
            boolean decisive = System.nanoTime() - deadline >= 0 && log.isCaughtUp();
            Identity identity = Identity.of(checkpoint, log);
            if (!(identity instanceof Identity.Ahead)) {
                return identity;
            }
            if (!store.peek(log.logId()).equals(checkpoint)) {
                return ahead;
            }
            if (decisive) {
                return new Identity.Other(ahead.reason());
            }
        }
        return ahead;
    }

    /**
     * Watches while another node moves the position.
     *
     * @return true when the position rested for a while although there was something to do: then this node goes on, whoever
     *     leads; false when it leads, when there is something new to open, or when it is stopped
     */
    boolean standBy(Checkpoint seen) throws InterruptedException {
        LOG.info("Projection {} is run by another node; this one stands by", projection.name());
        progress.state(ProjectionState.STANDBY);
        // Who moves it sees that; what was seen here before may be mended
        progress.readers(null);
        Checkpoint last = seen;
        long movedAt = System.nanoTime();
        int looks = 0;
        while (System.nanoTime() - movedAt < config.takeOver().toNanos()) {
            progress.doing(Doing.Step.WATCHING, last.position());
            progress.at(last.position());
            if (stop.await(STAND_BY.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
            if (leadership.role(projection) == Leadership.Role.LEADS) {
                LOG.info("Projection {} is this node's to run, from position {}", projection.name(), last.position());
                return false;
            }
            Checkpoint now = store.peek(log.logId());
            if (now.position() < last.position()) {
                // emptied, or another edition took its place: there is something new to open
                return false;
            }
            if (!now.equals(last) || (log.head() <= now.position() && isFinishedAtHead())) {
                movedAt = System.nanoTime();
            }
            last = now;
            if (++looks % LETTERS_EVERY == 0) {
                progress.deadLetters(store.deadLetters());
            }
        }
        LOG.info("Projection {} rests at position {}: this node goes on", projection.name(), last.position());
        return true;
    }

    /** Whoever brought it there may be gone before readers were led to it: that is left to do, also while no event comes. */
    private boolean isFinishedAtHead() {
        return progress.isServed() || leadership.role(projection) == Leadership.Role.FOLLOWS;
    }
}
