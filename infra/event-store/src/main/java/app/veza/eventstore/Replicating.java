package app.veza.eventstore;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is settled to the nodes that follow, many appends in a frame, so that they need neither ask the stream nor parse what it holds.
 * A frame that is lost is no loss: they read from the stream what they miss. Used by the sequencer's thread.
 */
final class Replicating {
    private static final Logger LOG = LoggerFactory.getLogger(Replicating.class);
    private static final int LARGEST_FRAME = 128 * 1024;
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(1);
    /** Of silence, after which nobody follows. */
    private static final long GONE = TimeUnit.SECONDS.toNanos(3);

    /** How often a node that follows says so. */
    static final long CALL = TimeUnit.MILLISECONDS.toNanos(500);

    private final Peers peers;
    private final FrameWriter frame = new FrameWriter();
    private long inFrame;
    private long settled;
    private long sent;
    private long next = System.nanoTime();
    private volatile long followedUntil = System.nanoTime();

    Replicating(Peers peers) {
        this.peers = peers;
    }

    /** A node follows; called by any thread. */
    void followed() {
        followedUntil = System.nanoTime() + GONE;
    }

    /** This node begins to sequence, or stops. */
    void restart(long settledSequence) {
        inFrame = 0;
        settled = settledSequence;
        sent = settledSequence;
    }

    /** @param before the append before it */
    void settled(LogPoint before, StoredAppend stored, String logId) {
        settled = stored.sequence();
        if (System.nanoTime() - followedUntil > 0) {
            send();
            return;
        }
        if (inFrame > 0 && (inFrame != before.sequence() || frame.size() >= LARGEST_FRAME)) {
            send();
        }
        if (isLarge(stored.append())) {
            send();
            return;
        }
        if (inFrame == 0) {
            Replication.begin(frame, logId, before.chainHash());
        }
        Replication.add(frame, stored);
        inFrame = stored.sequence();
    }

    private static boolean isLarge(EncodedAppend append) {
        return append.headers().length + 2L * append.body().length > LARGEST_FRAME;
    }

    /** @param idle there is nothing else to do, so nothing is gathered any longer */
    void flush(boolean idle, String logId) {
        if (settled == sent || !idle && System.nanoTime() - next < 0) {
            return;
        }
        if (inFrame == 0) {
            Replication.begin(frame, logId, Chain.genesis());
        }
        publish();
    }

    private void send() {
        if (inFrame > 0) {
            publish();
        }
    }

    private void publish() {
        try {
            if (System.nanoTime() - followedUntil < 0) {
                peers.replicate(Replication.end(frame, inFrame > 0 ? inFrame : settled));
            }
        } catch (IllegalStateException | IllegalArgumentException e) {
            LOG.debug("Other nodes find out by themselves that the log has grown: {}", e.getMessage());
        }
        sent = inFrame > 0 ? inFrame : settled;
        inFrame = 0;
        next = System.nanoTime() + INTERVAL;
    }
}
