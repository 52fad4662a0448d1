package app.veza.eventstore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node handed to the one that sequences, until its outcome is known: from the reply, or from the log itself. A new
 * fence ends what was handed over before it: what is not found up to it can never be in the log, and is handed to the next.
 */
final class Forwarding {
    private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);
    private static final int LARGEST_FRAME = 256 * 1024;
    private static final int MOST = 4096;
    private static final String LATE = "no node settled it in time";
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(3);

    private static final class Pending {
        final Handed handed;
        final long bytes;
        int attempt;
        /** The stream was read up to there when it was sent. */
        long behind;

        Pending(Handed handed) {
            this.handed = handed;
            this.bytes = handed.bytes();
        }
    }

    private final Peers peers;
    private final LogTail tail;
    private final Outcomes outcomes;
    private final Failures failures;
    private final String node;
    private final long mostBytes;
    private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
    private final Map<Long, Pending> sent = new LinkedHashMap<>();
    private final Map<String, Long> ticketOfAppend = new HashMap<>();
    /** Of those that wait and those that are sent. */
    private long bytes;

    private long notBefore = System.nanoTime();

    /** @param mostBytes once reached nothing more is to be added */
    Forwarding(String node, long mostBytes, Peers peers, LogTail tail, Outcomes outcomes, Failures failures) {
        this.node = node;
        this.mostBytes = mostBytes;
        this.peers = peers;
        this.tail = tail;
        this.outcomes = outcomes;
        this.failures = failures;
    }

    boolean isFull() {
        return waiting.size() + sent.size() >= MOST || bytes >= mostBytes;
    }

    void add(Handed handed) {
        enqueue(new Pending(handed));
    }

    private void enqueue(Pending pending) {
        waiting.addLast(pending);
        bytes += pending.bytes;
    }

    private Pending next() {
        Pending pending = waiting.removeFirst();
        bytes -= pending.bytes;
        return pending;
    }

    /** Published by this node itself, without a known outcome: the log or the next fence will tell. */
    void addPublished(Handed handed) {
        sent(new Pending(handed));
    }

    private void sent(Pending pending) {
        pending.behind = tail.streamSequence();
        sent.put(pending.handed.ticket, pending);
        bytes += pending.bytes;
        if (pending.handed instanceof Handed.Append append) {
            ticketOfAppend.put(append.append.id(), pending.handed.ticket);
        }
    }

    /** Hands over what waits, once the log says that it is this node whose fence stands last. */
    boolean flush(String sequencer) {
        long now = System.nanoTime();
        if (waiting.isEmpty()
                || !tail.isFencedBy(sequencer)
                || node.equals(sequencer)
                || !peers.isConnected()
                || now - notBefore < 0) {
            return false;
        }
        while (!waiting.isEmpty()) {
            var frame = new FrameWriter();
            List<Pending> of = fill(frame, now);
            if (of.isEmpty()) {
                continue;
            }
            of.forEach(this::sent);
            try {
                peers.forward(sequencer, frame.toByteArray());
            } catch (IllegalStateException | IllegalArgumentException e) {
                LOG.info("{} requests could not be handed to node {}: {}", of.size(), sequencer, e.getMessage());
                of.forEach(this::again);
                notBefore = now + PAUSE;
                return false;
            }
        }
        return true;
    }

    /** As many of those that wait as go into one frame; what goes into none is told so. */
    private List<Pending> fill(FrameWriter frame, long now) {
        long most = peers.maxPayload();
        List<Pending> of = new ArrayList<>();
        Forwarded.begin(frame, node, tail.fenceHash());
        while (!waiting.isEmpty() && frame.size() < LARGEST_FRAME) {
            Pending pending = next();
            if (pending.handed.expired(now)) {
                giveUp(pending.handed, 0, LATE);
                continue;
            }
            int before = frame.size();
            Forwarded.write(frame, pending.handed, pending.attempt + 1, tail.generation(), now);
            if (frame.size() <= most) {
                pending.attempt++;
                of.add(pending);
                continue;
            }
            int length = frame.size() - before;
            frame.cut(before);
            if (!of.isEmpty()) {
                waiting.addFirst(pending);
                bytes += pending.bytes;
                return of;
            }
            outcomes.failed(
                    pending.handed,
                    new AppendFailure.Invalid(
                            "%,d bytes, its condition included, are to be handed over and NATS takes %,d"
                                    .formatted(length, most)));
        }
        return of;
    }

    private void again(Pending pending) {
        forget(pending.handed);
        enqueue(pending);
    }

    private void forget(Handed handed) {
        Pending pending = sent.remove(handed.ticket);
        bytes -= pending == null ? 0 : pending.bytes;
        if (handed instanceof Handed.Append append) {
            ticketOfAppend.remove(append.append.id());
        }
    }

    /** The append stands in the log, whatever else is told of it. */
    void found(StoredAppend stored) {
        Long ticket = ticketOfAppend.get(stored.append().id());
        Pending pending = ticket == null ? null : sent.get(ticket);
        if (pending != null && pending.handed instanceof Handed.Append append) {
            forget(append);
            outcomes.appended(append, stored);
        }
    }

    /** A fence was read, and everything before it; perhaps not for the first time, and then what was handed over since is not ended by it. */
    void fenced(StoredAppend fence) {
        notBefore = System.nanoTime();
        for (Pending pending : List.copyOf(sent.values())) {
            if (pending.behind < fence.sequence()) {
                if (pending.handed instanceof Handed.Append append) {
                    append.publishedFor = 0;
                }
                again(pending);
            }
        }
    }

    void replied(ForwardReply reply) {
        if (reply.answer() instanceof ForwardReply.Answer.OtherLayout(byte[] fenceHash, int layout)) {
            notUnderstood(fenceHash, layout);
            return;
        }
        Pending pending = sent.get(reply.ticket());
        if (pending == null || pending.attempt != reply.attempt()) {
            return;
        }
        Handed handed = pending.handed;
        if (reply.answer() instanceof ForwardReply.Answer.NotSequencing) {
            notBefore = System.nanoTime() + PAUSE;
            again(pending);
            return;
        }
        forget(handed);
        switch (reply.answer()) {
            case ForwardReply.Answer.Settled(AppendOutcome outcome)
            when handed instanceof Handed.Append append -> {
                tail.heardOf(positionOf(outcome));
                outcomes.settled(append, outcome);
            }
            case ForwardReply.Answer.Checked(long conflict)
            when handed instanceof Handed.Check check -> {
                tail.heardOf(conflict);
                outcomes.add(() -> check.future.complete(conflict));
            }
            case ForwardReply.Answer.LookedUp(var found)
            when handed instanceof Handed.Lookup lookup -> {
                found.ifPresent(earlier -> tail.heardOf(earlier.lastPosition()));
                outcomes.add(() -> lookup.future.complete(found));
            }
            case ForwardReply.Answer.Failed(AppendFailure failure) -> outcomes.failed(handed, failure);
            default -> LOG.error("An answer of another kind than its request: {}", reply);
        }
    }

    /** Nothing of it was read, so nothing of it was appended; unless it is another node's by now. */
    private void notUnderstood(byte[] fenceHash, int layout) {
        if (!tail.isBehindFence(fenceHash)) {
            return;
        }
        for (Pending pending : List.copyOf(sent.values())) {
            if (pending.attempt > 0) {
                forget(pending.handed);
                giveUp(
                        pending.handed,
                        0,
                        "the node that sequences is of another version (layout %d, this node's is %d): upgrade all nodes"
                                .formatted(layout, EncodedAppend.LAYOUT));
            }
        }
    }

    private static long positionOf(AppendOutcome outcome) {
        return switch (outcome) {
            case AppendOutcome.Appended appended -> appended.lastPosition();
            case AppendOutcome.Duplicate duplicate -> duplicate.lastPosition();
            case AppendOutcome.Refused refused -> refused.conflictingPosition();
        };
    }

    void expire(long now) {
        waiting.removeIf(pending -> {
            boolean expired = pending.handed.expired(now);
            if (expired) {
                bytes -= pending.bytes;
                giveUp(pending.handed, 0, LATE);
            }
            return expired;
        });
        Iterator<Pending> oldestFirst = sent.values().iterator();
        List<Handed> expired = new ArrayList<>();
        while (oldestFirst.hasNext()) {
            Pending pending = oldestFirst.next();
            if (pending.handed.expired(now)) {
                expired.add(pending.handed);
            }
        }
        for (Handed handed : expired) {
            forget(handed);
            giveUp(handed, 1, LATE);
        }
    }

    /** @param publishedFor 0: it provably never left this node, or cannot be in the log */
    private void giveUp(Handed handed, long publishedFor, String why) {
        if (handed instanceof Handed.Append append) {
            append.publishedFor = publishedFor;
        }
        failures.giveUp(handed, 0, why);
    }

    /** This node sequences now: what waits is its own to decide. */
    List<Handed> takeWaiting() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<Handed> all = new ArrayList<>();
        while (!waiting.isEmpty()) {
            all.add(next().handed);
        }
        return all;
    }

    /** What this node itself published: while no other's fence followed, it can still be looked for and decided here. */
    List<Handed> takePublished() {
        List<Handed> all = new ArrayList<>();
        for (Pending pending : List.copyOf(sent.values())) {
            if (pending.attempt == 0) {
                forget(pending.handed);
                all.add(pending.handed);
            }
        }
        return all;
    }

    int sent() {
        return sent.size();
    }

    boolean isIdle() {
        return waiting.isEmpty() && sent.isEmpty();
    }

    /** No answer is waited for any longer. */
    void abandon(String why) {
        for (Pending pending : List.copyOf(sent.values())) {
            forget(pending.handed);
            giveUp(pending.handed, 1, why);
        }
        for (Handed handed : takeWaiting()) {
            giveUp(handed, 0, why);
        }
    }
}
