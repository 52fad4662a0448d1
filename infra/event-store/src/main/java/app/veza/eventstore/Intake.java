package app.veza.eventstore;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Where other threads leave work for the sequencer's one thread. No lock: a caller never waits for the sequencer. */
final class Intake {
    private final ConcurrentLinkedQueue<Handed> handed = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<LogConnection.Reply> replies = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<ForwardReply> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final int capacity;
    private final long capacityBytes;
    private volatile @Nullable Thread parked;

    /** @param capacityBytes once reached nothing more is taken: as much, and one more */
    Intake(int capacity, long capacityBytes) {
        this.capacity = capacity;
        this.capacityBytes = capacityBytes;
    }

    /** False when full. */
    boolean offer(Handed one) {
        if (queuedBytes.get() >= capacityBytes) {
            return false;
        }
        if (queued.incrementAndGet() > capacity) {
            queued.decrementAndGet();
            return false;
        }
        queuedBytes.addAndGet(one.bytes());
        handed.add(one);
        wake();
        return true;
    }

    void offer(LogConnection.Reply reply) {
        replies.add(reply);
        wake();
    }

    /** Of the node that sequences. */
    void offer(List<ForwardReply> some) {
        answers.addAll(some);
        wake();
    }

    @Nullable
    ForwardReply pollAnswer() {
        return answers.poll();
    }

    @Nullable
    Handed poll() {
        Handed one = handed.poll();
        if (one != null) {
            queued.decrementAndGet();
            queuedBytes.addAndGet(-one.bytes());
        }
        return one;
    }

    LogConnection.@Nullable Reply pollReply() {
        return replies.poll();
    }

    int queued() {
        return queued.get();
    }

    void wake() {
        Thread sleeper = parked;
        if (sleeper != null) {
            LockSupport.unpark(sleeper);
        }
    }

    /** Sleeps through what comes in: under load one wake-up for each of thousands of messages would cost more than they do. */
    void nap(long nanos) {
        LockSupport.parkNanos(this, nanos);
    }

    /** Returns when woken, at the latest after so long. {@code repliesOnly}: no room for more appends. */
    void park(long nanos, boolean repliesOnly) {
        parked = Thread.currentThread();
        if (replies.isEmpty() && answers.isEmpty() && (repliesOnly || handed.isEmpty())) {
            LockSupport.parkNanos(this, nanos);
        }
        parked = null;
    }
}
