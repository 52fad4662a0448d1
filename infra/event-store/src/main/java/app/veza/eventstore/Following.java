package app.veza.eventstore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** This node while another one sequences: it reads the log as it grows and hands over what is to be appended. */
final class Following {
    /** Appends that wait for being indexed; beyond, what is sent waits too. */
    private static final int LARGEST_BACKLOG = 8192;

    private final LogTail tail;
    private final LogSession session;
    private final IndexFeed feed;
    private final TailWatch tailWatch;
    private final Intake intake;
    private final Peers peers;
    private final Lease lease;
    private final Leading leading;
    private final Forwarding forwarding;
    private final Failures failures;
    private final Replicated replicated = new Replicated();
    private final Agreement agreement;
    private long nextCall = System.nanoTime();

    Following(
            LogTail tail,
            LogSession session,
            IndexFeed feed,
            TailWatch tailWatch,
            Intake intake,
            Peers peers,
            Lease lease,
            Leading leading,
            Forwarding forwarding,
            Failures failures) {
        this.tail = tail;
        this.session = session;
        this.feed = feed;
        this.tailWatch = tailWatch;
        this.intake = intake;
        this.peers = peers;
        this.lease = lease;
        this.leading = leading;
        this.forwarding = forwarding;
        this.failures = failures;
        this.agreement = new Agreement(intake::wake);
    }

    /** What the node that sequences says is settled; called by the thread that receives it, which checks the chain. */
    void received(byte[] frame) {
        if (!leading.isActive()) {
            replicated.received(frame);
            intake.wake();
        }
    }

    /** Returns whether there was anything to do. */
    boolean round() throws IOException, InterruptedException {
        call();
        boolean worked = takeAnswers();
        worked |= readOn();
        worked |= handOver();
        forwarding.expire(System.nanoTime());
        return worked;
    }

    private boolean takeAnswers() {
        boolean any = false;
        for (ForwardReply reply = intake.pollAnswer(); reply != null; reply = intake.pollAnswer()) {
            any = true;
            forwarding.replied(reply);
        }
        return any;
    }

    /** A node that sequences sends to those that it knows of. */
    private void call() {
        long now = System.nanoTime();
        if (now - nextCall >= 0 && peers.isConnected()) {
            nextCall = now + Replicating.CALL;
            peers.follow();
        }
    }

    /** What was sent, and from the stream what was not, or got lost. */
    private boolean readOn() throws IOException, InterruptedException {
        if (feed.isBehind(LARGEST_BACKLOG)) {
            return false;
        }
        boolean worked = takeReplicated();
        long before = tail.streamSequence();
        long upTo = replicated.missing(tail, tailWatch.lastSequence());
        if (upTo <= before) {
            return worked;
        }
        CatchUp.Reached reached = session.readOn(tail, upTo, reader());
        tail.reached(reached.logId(), reached.point(), reached.streamSequence());
        return worked || reached.streamSequence() > before;
    }

    /** Whether what was sent turned out not to be what the log holds. */
    boolean isMisled() {
        return agreement.isBroken();
    }

    /** The log was read to its end from the stream. */
    void reached() {
        agreement.reset();
    }

    private boolean takeReplicated() {
        boolean any = false;
        CatchUp.Reader reader = reader();
        for (Replication next = replicated.next(tail); next != null; next = replicated.next(tail)) {
            any = true;
            for (StoredAppend append : next.appends()) {
                if (append.sequence() > tail.streamSequence()) {
                    feed.add(append, tail.logId());
                    reader.read(append);
                }
            }
        }
        session.compare(agreement, tail.settled());
        return any;
    }

    CatchUp.Reader reader() {
        return new CatchUp.Reader() {
            @Override
            public void forget(String logId) {
                tail.forget(logId);
                replicated.forget();
            }

            @Override
            public void read(StoredAppend append) {
                tail.take(append);
                forwarding.found(append);
                if (append.append().fencedBy() != null) {
                    forwarding.fenced(append);
                }
            }
        };
    }

    private boolean handOver() {
        boolean any = false;
        while (!forwarding.isFull()) {
            Handed handed = intake.poll();
            if (handed == null) {
                break;
            }
            any = true;
            takeOver(handed);
        }
        return forwarding.flush(lease.holder()) || any;
    }

    /** What cannot be decided here. */
    void takeOver(Handed handed) {
        Handed.Origin origin = handed.origin;
        if (origin != null) {
            leading.giveBack(handed, origin);
        } else if (handed instanceof Handed.Append append && append.publishedFor > tail.streamSequence()) {
            forwarding.addPublished(handed);
        } else if (handed.isOfAnotherLog(tail.logId())) {
            failures.giveUp(handed, tail.streamSequence(), Failures.ANOTHER_LOG);
        } else {
            forwarding.add(handed);
        }
    }

    /** This node sequences now: what it has published without a known outcome, and what waits. */
    List<Handed> takeOwn() {
        replicated.forget();
        List<Handed> own = new ArrayList<>(forwarding.takePublished());
        own.addAll(forwarding.takeWaiting());
        return own;
    }

    boolean isFull() {
        return forwarding.isFull();
    }

    /** How many answers. */
    int waitsFor() {
        return forwarding.sent();
    }

    boolean isIdle() {
        return forwarding.isIdle();
    }

    void expire(long now) {
        forwarding.expire(now);
    }

    void abandon(String why) {
        forwarding.abandon(why);
    }
}
