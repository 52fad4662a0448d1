package app.veza.eventstore;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's time as the sequencer: it decides in memory and publishes in a pipeline, its fence first. */
final class Leading {
    private static final Logger LOG = LoggerFactory.getLogger(Leading.class);
    private static final int LARGEST_BACKLOG = 32_768;
    private static final long PUBLISH_TIMEOUT = TimeUnit.SECONDS.toNanos(2);

    private final EventLogConfig config;
    private final String node;
    private final LogTail tail;
    private final Lease lease;
    private final LogIndex index;
    private final IndexFeed feed;
    private final LogSession session;
    private final Intake intake;
    private final Forwarding forwarding;
    private final Replicating replicating;
    private final Outcomes outcomes;
    private final Failures failures;
    private final Decision decision;
    private final Window window;
    private final InFlight inFlight = new InFlight();
    private final ArrayDeque<Handed> unconfirmed = new ArrayDeque<>();

    private LogPoint predicted = LogPoint.ORIGIN;
    private byte[] fenceHash = Chain.genesis();
    private @Nullable Placed fence;
    /** Of the log that bears it: in another one, though it holds it, nodes may still follow what was replaced behind it. */
    private String fencedLog = "";

    private long fences;
    private long publication;
    private volatile boolean active;

    Leading(
            EventLogConfig config,
            String node,
            LogTail tail,
            Lease lease,
            LogIndex index,
            IndexFeed feed,
            LogSession session,
            Intake intake,
            Forwarding forwarding,
            Replicating replicating,
            Outcomes outcomes,
            Failures failures) {
        this.config = config;
        this.node = node;
        this.tail = tail;
        this.lease = lease;
        this.index = index;
        this.feed = feed;
        this.session = session;
        this.intake = intake;
        this.forwarding = forwarding;
        this.replicating = replicating;
        this.outcomes = outcomes;
        this.failures = failures;
        this.window = new Window(config.queueBytes());
        this.decision = new Decision(window, index, outcomes);
    }

    boolean isActive() {
        return active;
    }

    InFlight inFlight() {
        return inFlight;
    }

    /** After this position conditions are decided in memory; none are while another node sequences. */
    long windowStart() {
        return window.start();
    }

    long predictedSequence() {
        return predicted.sequence();
    }

    /** With a fence, unless this node's own stands last in this very log: what others published, and hand over, is of before it. */
    void begin() {
        LogPoint settled = tail.settled();
        predicted = new LogPoint(tail.streamSequence(), settled.position(), settled.chainHash());
        window.restart(settled.position());
        decision.restart();
        replicating.restart(settled.sequence());
        fence = null;
        fenceHash = tail.fenceHash();
        active = true;
        if (!tail.isFencedBy(node) || !tail.logId().equals(fencedLog)) {
            EncodedAppend begins = Fence.encode(config.subjectPrefix(), node, ++fences);
            fence = place(new Handed.Append(
                    0, System.nanoTime() + Long.MAX_VALUE / 2, null, begins, null, Handed.Searched.NOTHING));
            fenceHash = fence.stored.chainHash();
        }
    }

    /** Returns what waited for being confirmed. */
    List<Handed> end() {
        active = false;
        window.close();
        List<Handed> undecided = List.copyOf(unconfirmed);
        unconfirmed.clear();
        return undecided;
    }

    /** Returns whether there was anything to do. What it decides is to be flushed. */
    boolean round() {
        boolean worked = takeReplies();
        if (!isOvertaken()) {
            decideUnconfirmed();
            worked |= takeHanded();
        }
        window.trim(index.indexedPosition());
        if (inFlight.overdue(System.nanoTime(), PUBLISH_TIMEOUT)) {
            LOG.warn("NATS has not answered a publish for {} ms", TimeUnit.NANOSECONDS.toMillis(PUBLISH_TIMEOUT));
            session.abandon();
        }
        replicating.flush(!worked, tail.logId());
        return worked;
    }

    /** The oldest append in flight was not taken at its place: nothing after it was either. */
    boolean isOvertaken() {
        return inFlight.failure() != null;
    }

    boolean isFull() {
        return inFlight.size() >= config.maxInFlight()
                || window.isFull()
                || feed.isBehind(LARGEST_BACKLOG)
                || decision.waiting() + unconfirmed.size() >= config.maxQueued()
                || decision.waitingBytes() >= config.queueBytes();
    }

    boolean takeReplies() {
        boolean any = false;
        for (LogConnection.Reply reply = intake.pollReply(); reply != null; reply = intake.pollReply()) {
            any = true;
            if (session.isOf(reply)) {
                inFlight.answered(reply);
            }
        }
        inFlight.settle(this::settled);
        return any;
    }

    private void settled(Placed placed) {
        replicating.settled(tail.settled(), placed.stored, tail.logId());
        tail.take(placed.stored);
        feed.add(placed.stored, tail.logId());
        if (placed.handed.isFence()) {
            fencedLog = tail.logId();
            forwarding.fenced(placed.stored);
        } else {
            outcomes.appended(placed.handed, placed.stored);
        }
        decision.answerWaiters(placed);
    }

    private boolean takeHanded() {
        boolean any = false;
        for (Handed handed : forwarding.takeWaiting()) {
            any = true;
            decide(handed);
        }
        while (!session.isLost() && !isFull()) {
            Handed handed = intake.poll();
            if (handed == null) {
                break;
            }
            any = true;
            decide(handed);
        }
        return any;
    }

    /** Asked again, now that the lease may have been renewed or the fence been settled. */
    private void decideUnconfirmed() {
        for (int left = unconfirmed.size(); left > 0; left--) {
            decide(unconfirmed.removeFirst());
        }
    }

    void decide(Handed handed) {
        if (handed.expired(System.nanoTime())) {
            failures.giveUp(
                    handed,
                    tail.streamSequence(),
                    "it was not settled within " + config.appendTimeout().toMillis() + " ms");
            return;
        }
        Handed.Origin origin = handed.origin;
        if (origin != null && !Arrays.equals(origin.fenceHash(), fenceHash)) {
            giveBack(handed, origin);
            return;
        }
        if (handed.isOfAnotherLog(tail.logId())) {
            failures.giveUp(handed, tail.streamSequence(), Failures.ANOTHER_LOG);
            return;
        }
        if (!(handed instanceof Handed.Append) && !isConfirmed()) {
            unconfirmed.addLast(handed);
            return;
        }
        boolean admitted;
        try {
            admitted = decision.admits(handed);
        } catch (RuntimeException e) {
            LOG.error("A request could not be decided", e);
            failures.giveUp(handed, tail.streamSequence(), "the decision failed: " + e.getMessage());
            return;
        }
        if (admitted) {
            place((Handed.Append) handed);
        }
    }

    /** What may yet appear in the log is not given back: whoever handed it over finds it there, or a fence after it. */
    void giveBack(Handed handed, Handed.Origin origin) {
        if (handed instanceof Handed.Append append && append.publishedFor > tail.streamSequence()) {
            return;
        }
        failures.handBack(origin);
    }

    /** Whether no other node can have appended what this one does not know. An append need not ask: its place in the log will tell. */
    private boolean isConfirmed() {
        return lease.isMine() && (fence == null || fence.settled);
    }

    private Placed place(Handed.Append handed) {
        long sequence = predicted.sequence() + 1;
        long position = predicted.position() + 1;
        byte[] chain = Chain.next(predicted.chainHash(), position, handed.append);
        var placed = new Placed(++publication, handed, new StoredAppend(sequence, position, chain, handed.append));
        inFlight.add(placed);
        window.add(placed);
        byte[] previousHash = predicted.chainHash();
        predicted = placed.stored.point();
        session.publish(placed, previousHash);
        return placed;
    }
}
