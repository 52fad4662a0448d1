package app.veza.eventstore;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a node that appends. While this node holds the lease it decides and publishes ({@link Leading}); else it follows the
 * log and hands over what is to be appended ({@link Following}). Whenever an answer is not the expected one it stops, reads the log's
 * end again ({@link Recovery}) and goes on from there.
 */
final class Sequencer {
    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
    private static final long PARK = TimeUnit.MILLISECONDS.toNanos(20);
    /** With so many in flight, latency is made of waiting in line, and a short sleep gathers a batch. */
    private static final int BUSY = 48;

    private static final long NAP = TimeUnit.MICROSECONDS.toNanos(100);
    /** Where NATS or the processors are late, to look ten thousand times a second takes from them what they lack. */
    private static final long LONGEST_NAP = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long ABLE = TimeUnit.MILLISECONDS.toNanos(600);

    private final EventLogConfig config;
    private final IndexFeed feed;
    private final Intake intake;
    private final Outcomes outcomes;
    private final CatchUp catchUp;
    private final LogTail tail;
    private final LogSession session;
    private final Failures failures;
    private final Lease lease;
    private final Leading leading;
    private final Following following;
    private final Recovery recovery;
    private final TailWatch tailWatch;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Thread thread;

    private boolean stopped = true;
    private long nap = NAP;

    private volatile long healthyAt = System.nanoTime() - 2 * ABLE;
    private volatile boolean available;
    private volatile boolean closing;

    Sequencer(
            EventLogConfig config,
            String node,
            LogIndex index,
            IndexFeed feed,
            Intake intake,
            Outcomes outcomes,
            Reception reception,
            Peers peers,
            FormerLog former,
            LogMetrics metrics) {
        this.config = config;
        this.feed = feed;
        this.intake = intake;
        this.outcomes = outcomes;
        this.tail = new LogTail(index);
        this.catchUp = new CatchUp(index, feed, () -> former(former), metrics);
        this.session = new LogSession(config, catchUp, intake);
        this.failures = new Failures(
                intake, outcomes, origin -> reception.answer(origin, new ForwardReply.Answer.NotSequencing()));
        this.tailWatch = new TailWatch(config, intake::wake);
        this.lease = new Lease(config, node, peers, this::able, intake::wake);
        var replicating = new Replicating(peers);
        var forwarding = new Forwarding(node, config.queueBytes(), peers, tail, outcomes, failures);
        this.leading = new Leading(
                config, node, tail, lease, index, feed, session, intake, forwarding, replicating, outcomes, failures);
        this.following =
                new Following(tail, session, feed, tailWatch, intake, peers, lease, leading, forwarding, failures);
        this.recovery = new Recovery(
                config, tail, index, feed, peers, session, outcomes, failures, lease, leading, following, metrics);
        peers.whenConnected(
                reception::received,
                message -> intake.offer(ForwardReply.read(message.getData())),
                message -> following.received(message.getData()),
                replicating::followed);
        this.thread = Thread.ofPlatform()
                .name("event-log-sequencer-" + config.streamName())
                .unstarted(this::run);
    }

    /** Returns once the index has reached the stream's last sequence. */
    void start() {
        thread.start();
        ready.join();
    }

    String logId() {
        return tail.logId();
    }

    long head() {
        return tail.head();
    }

    /** Asks the stream, and tells whether all that it holds is known here, or so soon. */
    boolean knowsAll(Duration atMost) {
        long last = session.lastSequence();
        long deadline = System.nanoTime() + atMost.toNanos();
        while (last >= 0 && tail.streamSequence() < last) {
            if (session.isLost() || closing || System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(LONGEST_NAP);
        }
        return last >= 0;
    }

    /** The log's end is read anew, and then looked whether it still is what somebody remembers. */
    void doubt(CatchUp.Remembered remembered) {
        catchUp.doubt(remembered);
        intake.wake();
    }

    int flying() {
        return leading.inFlight().size();
    }

    boolean isLeading() {
        return leading.isActive();
    }

    boolean available() {
        return available && !closing && !session.isLost();
    }

    /** Whether this node is fit to sequence; a moment of recovery does not count. */
    private boolean able() {
        return !closing && System.nanoTime() - healthyAt < ABLE;
    }

    /** After this position conditions are decided in memory. */
    long windowStart() {
        return leading.windowStart();
    }

    long maxPayload() {
        return session.maxPayload();
    }

    /** While the index is built anew, what this node has read is known here only. */
    private Optional<String> former(FormerLog elsewhere) throws IOException {
        return tail.head() > 0
                ? Optional.of("this node has read log %s up to position %d"
                        .formatted(tail.checkpoint().logId(), tail.head()))
                : elsewhere.remembered();
    }

    private void run() {
        try {
            while (!closing) {
                try {
                    round();
                } catch (RuntimeException e) {
                    survive(e);
                }
            }
            finish();
        } catch (InterruptedException e) {
            LOG.error("The sequencer of {} was interrupted", config.streamName(), e);
        } catch (RuntimeException | Error e) {
            LOG.error("The sequencer of {} stops for good", config.streamName(), e);
            ready.completeExceptionally(e);
        } finally {
            available = false;
            closing = true;
            abandon();
            ready.completeExceptionally(new IllegalStateException("the event log was closed"));
        }
    }

    /** What is in flight stays so: recovery finds out what became of it, after a fault of our own too. */
    private void survive(RuntimeException fault) {
        if (!ready.isDone()) {
            throw fault;
        }
        LOG.error("The sequencer of {} met a fault and reads the log's end anew", config.streamName(), fault);
        session.abandon();
    }

    private void round() throws InterruptedException {
        if (stopped || session.isLost() || feed.failed() || catchUp.isInDoubt() || hasToChange()) {
            recover();
            return;
        }
        healthyAt = System.nanoTime();
        session.ask(tailWatch, tail.settled().sequence());
        boolean worked = leading.isActive() ? leading.round() : follow();
        outcomes.flush();
        if (worked) {
            nap = NAP;
        } else {
            rest();
        }
    }

    private boolean hasToChange() {
        if (leading.isActive()) {
            String holder = lease.holder();
            return leading.isOvertaken()
                    || tailWatch.differs(leading.predictedSequence())
                    || !holder.isEmpty() && !lease.isOwn(holder);
        }
        return lease.isMine() || tailWatch.shrunk() || following.isMisled();
    }

    private boolean follow() throws InterruptedException {
        try {
            return following.round();
        } catch (IOException e) {
            session.failed(e);
            return true;
        }
    }

    private void rest() {
        if (leading.inFlight().size() >= BUSY || following.waitsFor() >= BUSY) {
            intake.nap(nap);
            nap = Math.min(2 * nap, LONGEST_NAP);
        } else {
            intake.park(PARK, full());
        }
    }

    private boolean full() {
        return leading.isActive() ? leading.isFull() : following.isFull();
    }

    private void recover() throws InterruptedException {
        boolean wasLeading = leading.isActive();
        stopped = true;
        if (leading.isOvertaken()) {
            LOG.info(
                    "An append was not taken at its place: {}",
                    leading.inFlight().failure());
        }
        if (wasLeading && !session.isLost()) {
            recovery.drain(() -> {
                if (!leading.takeReplies()) {
                    intake.park(PARK, true);
                }
            });
            outcomes.flush();
        }
        stopped = !recovery.run(new Recovery.Progress() {
            @Override
            public void failed() {
                available = false;
            }

            @Override
            public void reached() {
                available = true;
                healthyAt = System.nanoTime();
                tailWatch.reset();
                following.reached();
                if (ready.complete(null)) {
                    lease.start();
                }
            }

            @Override
            public boolean isClosing() {
                return closing;
            }

            @Override
            public boolean wasReached() {
                return ready.isDone();
            }
        });
        outcomes.flush();
    }

    private void finish() throws InterruptedException {
        long deadline = System.nanoTime() + config.appendTimeout().toNanos();
        while (!session.isLost() && !stopped && System.nanoTime() - deadline < 0) {
            if (leading.isActive() ? leading.inFlight().isEmpty() : following.isIdle()) {
                return;
            }
            boolean worked = leading.isActive() ? leading.takeReplies() : follow();
            outcomes.flush();
            if (!worked) {
                intake.park(PARK, true);
            }
        }
    }

    private void abandon() {
        stopped = true;
        for (Handed handed : leading.inFlight().abandon()) {
            failures.turnAway(handed, tail.streamSequence(), Recovery.CLOSED);
        }
        leading.end().forEach(handed -> failures.turnAway(handed, 0, Recovery.CLOSED));
        following.abandon(Recovery.CLOSED);
        failures.turnAwayQueued(Recovery.CLOSED);
        session.close();
    }

    /** What this node handed over is settled or given up; others take the lease at once. */
    void close() {
        closing = true;
        intake.wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lease.close();
        failures.turnAwayQueued(Recovery.CLOSED);
    }
}
