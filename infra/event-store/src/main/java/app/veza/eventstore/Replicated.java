package app.veza.eventstore;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the node that sequences has sent and is not taken yet. Filled by the thread that receives it, read by the sequencer's. */
final class Replicated {
    private static final Logger LOG = LoggerFactory.getLogger(Replicated.class);
    /** Of frames that wait. What comes beyond is forgotten and read from the stream. */
    private static final long MOST_BYTES = 32 << 20;
    /** What the stream holds and nobody has sent for so long was lost on its way, or was appended by a node of another version. */
    private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(100);

    private record Told(String logId, long settledSequence) {}

    private final ConcurrentLinkedQueue<Replication> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private volatile Told told = new Told("", 0);
    private volatile long receivedNanos = System.nanoTime();
    private volatile boolean toldOfLayout;

    void received(byte[] frame) {
        Replication sent;
        try {
            sent = Replication.read(frame);
        } catch (OtherLayoutException e) {
            if (!toldOfLayout) {
                toldOfLayout = true;
                LOG.warn("The node that sequences sends frames {}: the log is read from the stream", e.getMessage());
            }
            return;
        } catch (RuntimeException e) {
            LOG.error("What the node that sequences sent cannot be used: the log is read from the stream", e);
            return;
        }
        if (!sent.appends().isEmpty() && bytes.get() + sent.bytes() <= MOST_BYTES) {
            bytes.addAndGet(sent.bytes());
            queue.add(sent);
        }
        told = new Told(sent.logId(), sent.settledSequence());
        receivedNanos = System.nanoTime();
    }

    /** The next that goes on where the tail ends, or null. What lies before the tail, or is of another log, is passed over. */
    @Nullable
    Replication next(LogTail tail) {
        for (Replication next = queue.peek(); next != null; next = queue.peek()) {
            boolean past = next.appends().getLast().sequence() <= tail.streamSequence();
            if (!past && next.logId().equals(tail.logId())) {
                if (first(next) > tail.streamSequence() + 1) {
                    return null;
                }
                if (continues(next, tail.settled(), tail.streamSequence() + 1)) {
                    poll();
                    return next;
                }
            }
            poll();
        }
        return null;
    }

    private static long first(Replication replication) {
        return replication.appends().getFirst().sequence();
    }

    /** Whether the append at that sequence is the one that follows the point. */
    private static boolean continues(Replication replication, LogPoint point, long sequence) {
        int index = (int) (sequence - first(replication));
        byte[] before = index == 0
                ? replication.before()
                : replication.appends().get(index - 1).chainHash();
        return point.hasHash(before) && replication.appends().get(index).firstPosition() == point.position() + 1;
    }

    private void poll() {
        Replication taken = queue.poll();
        if (taken != null) {
            bytes.addAndGet(-taken.bytes());
        }
    }

    /**
     * Up to where is to be read from the stream; not beyond the tail when nothing is.
     *
     * @param last of the stream, when it was asked last
     */
    long missing(LogTail tail, long last) {
        Replication next = queue.peek();
        if (next != null) {
            return first(next) - 1;
        }
        Told lately = told;
        long read = tail.streamSequence();
        // What is sent of another log says nothing of this one
        boolean isOfThis = lately.logId.equals(tail.logId());
        if (isOfThis && lately.settledSequence > read) {
            return lately.settledSequence;
        }
        return isOfThis && System.nanoTime() - receivedNanos <= SILENCE ? read : last;
    }

    /** Nothing of it is of any use: the log is read from its start, or this node sequences. */
    void forget() {
        told = new Told("", 0);
        while (queue.peek() != null) {
            poll();
        }
    }
}
