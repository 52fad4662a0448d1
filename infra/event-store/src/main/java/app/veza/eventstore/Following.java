package app.veza.eventstore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** This node while another one sequences: it reads the log as it grows and hands over what is to be appended. */
final class Following {
    private final LogTail tail;
    private final LogSession session;
    private final TailWatch tailWatch;
    private final Intake intake;
    private final Lease lease;
    private final Leading leading;
    private final Forwarding forwarding;
    private volatile long heardOf;

    Following(
            LogTail tail,
            LogSession session,
            TailWatch tailWatch,
            Intake intake,
            Lease lease,
            Leading leading,
            Forwarding forwarding) {
        this.tail = tail;
        this.session = session;
        this.tailWatch = tailWatch;
        this.intake = intake;
        this.lease = lease;
        this.leading = leading;
        this.forwarding = forwarding;
    }

    /** The node that sequences says how far the log is settled; called by any thread. */
    void heard(long sequence) {
        heardOf = sequence;
        if (!leading.isActive()) {
            intake.wake();
        }
    }

    /** Returns whether there was anything to do. */
    boolean round() throws IOException, InterruptedException {
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

    private boolean readOn() throws IOException, InterruptedException {
        long upTo = Math.max(heardOf, tailWatch.lastSequence());
        long before = tail.streamSequence();
        if (upTo <= before) {
            return false;
        }
        CatchUp.Reached reached = session.readOn(tail, upTo, reader());
        tail.reached(reached.logId(), reached.point(), reached.streamSequence());
        return reached.streamSequence() > before;
    }

    CatchUp.Reader reader() {
        return new CatchUp.Reader() {
            @Override
            public void forget(String logId) {
                tail.forget(logId);
                heardOf = 0;
            }

            @Override
            public void read(StoredAppend append) {
                tail.take(append);
                forwarding.found(append);
                if (append.append().fencedBy() != null) {
                    forwarding.fenced();
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
        } else {
            forwarding.add(handed);
        }
    }

    /** This node sequences now: what it has published without a known outcome, and what waits. */
    List<Handed> takeOwn() {
        List<Handed> own = new ArrayList<>(forwarding.takePublished());
        own.addAll(forwarding.takeWaiting());
        return own;
    }

    boolean isFull() {
        return forwarding.isFull();
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
