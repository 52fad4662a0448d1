package app.veza.eventstore;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Reads the log's end, finds out what became of everything in flight, and begins to lead or to follow. */
final class Recovery {
    static final String CLOSED = "the event log was closed";
    private static final String REBUILT = "this node's index of the log is being built anew";
    private static final String REPLACED = "the log is not what it was, decide anew";

    private static final int ATTEMPTS = 16;
    private static final long DRAIN_TIMEOUT = TimeUnit.SECONDS.toNanos(1);

    private final EventLogConfig config;
    private final LogTail tail;
    private final LogIndex index;
    private final IndexFeed feed;
    private final Peers peers;
    private final LogSession session;
    private final Outcomes outcomes;
    private final Failures failures;
    private final Lease lease;
    private final Leading leading;
    private final Following following;
    private final LogMetrics metrics;
    private boolean lostTail;

    Recovery(
            EventLogConfig config,
            LogTail tail,
            LogIndex index,
            IndexFeed feed,
            Peers peers,
            LogSession session,
            Outcomes outcomes,
            Failures failures,
            Lease lease,
            Leading leading,
            Following following,
            LogMetrics metrics) {
        this.config = config;
        this.tail = tail;
        this.index = index;
        this.feed = feed;
        this.peers = peers;
        this.session = session;
        this.outcomes = outcomes;
        this.failures = failures;
        this.lease = lease;
        this.leading = leading;
        this.following = following;
        this.metrics = metrics;
    }

    interface Waiting {
        void once() throws InterruptedException;
    }

    /** Waits for the replies that are still to come: what the server has yet to handle would only get in the way. */
    void drain(Waiting forReplies) throws InterruptedException {
        long deadline = System.nanoTime() + DRAIN_TIMEOUT;
        while (!session.isLost() && !leading.inFlight().allAnswered() && System.nanoTime() - deadline < 0) {
            forReplies.once();
        }
    }

    /** What the sequencer is told, and asked. */
    interface Progress {
        void failed();

        /** The log's end; nothing is decided yet. */
        void reached();

        boolean isClosing();

        /** Before it ever was, a lasting fault is thrown. */
        boolean wasReached();
    }

    /** Tries until it has reached the log's end. Returns whether it has; not when the log is being closed. */
    boolean run(Progress progress) throws InterruptedException {
        metrics.recoveries.increment();
        boolean led = leading.isActive();
        boolean opening = !progress.wasReached();
        List<Handed> unresolved = leading.inFlight().abandon();
        unresolved.removeIf(handed -> handed instanceof Handed.Append append && append.isFence());
        unresolved.addAll(leading.end());
        lostTail = false;
        long backoff = 20;
        long giveUpOpening = System.nanoTime() + 2 * config.appendTimeout().toNanos();
        boolean done = false;
        while (!done && !progress.isClosing()) {
            try {
                attempt(unresolved, progress);
                done = !session.isLost();
            } catch (IOException | RuntimeException e) {
                session.failed(e);
                if (!progress.wasReached() && (isLasting(e) || System.nanoTime() - giveUpOpening > 0)) {
                    throw e instanceof RuntimeException lasting
                            ? lasting
                            : new IllegalStateException(
                                    "cannot open the event log " + config.streamName() + ": " + e.getMessage(), e);
                }
            }
            if (!done) {
                progress.failed();
                failures.turnAwayFor(backoff, unresolved, progress::isClosing, following::expire);
                backoff = Math.min(500, backoff * 2);
            }
        }
        if (!done) {
            unresolved.forEach(handed -> failures.turnAway(handed, tail.streamSequence(), CLOSED));
            return false;
        }
        progress.reached();
        if (lostTail && !opening) {
            giveUpAll(unresolved);
        }
        goOn(unresolved, led);
        return true;
    }

    private static boolean isLasting(Exception fault) {
        return fault instanceof LogDamagedException || fault instanceof LogSettingsException;
    }

    private void attempt(List<Handed> unresolved, Progress progress) throws IOException, InterruptedException {
        boolean isBehind = feed.failed();
        if (isBehind) {
            progress.failed();
            mendIndex();
        }
        Map<String, Handed.Append> sought = new HashMap<>();
        for (Handed handed : unresolved) {
            if (handed instanceof Handed.Append append && append.publishedFor > 0) {
                sought.put(append.append.id(), append);
            }
        }
        peers.connect();
        CatchUp.Reader follower = following.reader();
        CatchUp.Reached reached = session.resume(tail.checkpoint(), new CatchUp.Reader() {
            private boolean takesLong = isBehind;

            @Override
            public void forget(String logId) {
                lostTail = true;
                takesLong = true;
                progress.failed();
                follower.forget(logId);
            }

            @Override
            public void read(StoredAppend stored) {
                follower.read(stored);
                Handed.Append found = sought.remove(stored.append().id());
                if (found != null && unresolved.remove(found)) {
                    outcomes.appended(found, stored);
                }
            }

            @Override
            public boolean goesOn() {
                if (takesLong) {
                    turnAway(unresolved);
                }
                outcomes.flush();
                return !progress.isClosing();
            }
        });
        tail.reached(reached.logId(), reached.point(), reached.streamSequence());
    }

    /** Minutes may pass until the log's end is read: nobody waits in vain for so long. */
    private void turnAway(List<Handed> unresolved) {
        long now = System.nanoTime();
        failures.expire(unresolved, now, REBUILT);
        following.expire(now);
        failures.turnAwayQueued(REBUILT);
    }

    /** A fault that damaged nothing costs what came since the index was flushed last, and not the index. */
    private void mendIndex() {
        Optional<Checkpoint> kept = index.damaged() ? Optional.empty() : feed.reopen();
        if (kept.isEmpty()) {
            metrics.rebuilds.increment();
            feed.reset();
        }
        following.reader().forget(tail.logId());
        kept.ifPresent(tail::backTo);
    }

    /** What they were decided on may be no more. */
    private void giveUpAll(List<Handed> unresolved) {
        unresolved.forEach(handed -> failures.giveUp(handed, tail.streamSequence(), REPLACED));
        unresolved.clear();
        following.abandon(REPLACED);
        failures.turnAwayQueued(REPLACED);
    }

    private void goOn(List<Handed> unresolved, boolean led) {
        boolean vacant = lease.holder().isEmpty() || lease.isOwn(lease.holder());
        if (!lease.isMine() && !(led && vacant)) {
            unresolved.forEach(following::takeOver);
            return;
        }
        List<Handed> own = following.takeOwn();
        own.addAll(unresolved);
        own.sort(Comparator.comparingLong(handed -> handed.ticket));
        leading.begin();
        for (Handed handed : own) {
            if (handed instanceof Handed.Append append && ++append.attempts > ATTEMPTS) {
                failures.giveUp(handed, tail.streamSequence(), "it lost its place " + ATTEMPTS + " times");
            } else {
                leading.decide(handed);
            }
        }
    }
}
