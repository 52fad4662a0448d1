package app.veza.eventstore;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far this node knows the log, and whose fence stands last in it. Written by the sequencer's thread. */
final class LogTail {
    private final LogIndex indexed;
    private LogPoint settled;
    private volatile long streamSequence;
    private @Nullable String fencedBy;
    private boolean forgotten;
    private byte[] fenceHash = Chain.genesis();
    private String logId;
    private volatile String readable;
    private volatile long head;

    LogTail(LogIndex indexed) {
        this.indexed = indexed;
        Optional<Checkpoint> checkpoint = indexed.checkpoint();
        this.settled = checkpoint.map(Checkpoint::point).orElse(LogPoint.ORIGIN);
        this.logId = checkpoint.map(Checkpoint::logId).orElse("");
        this.readable = logId;
        this.streamSequence = settled.sequence();
        this.head = settled.position();
    }

    Checkpoint checkpoint() {
        return new Checkpoint(logId, settled);
    }

    LogPoint settled() {
        return settled;
    }

    /** The stream's messages are known up to this one, void ones counted; the head is at least that of their events. */
    long streamSequence() {
        return streamSequence;
    }

    /** Of the log that is read here; while it is read from its start already that of the log to come. */
    String logId() {
        return readable;
    }

    /** Last position that is known to stand in the log, though it may not be read here yet. */
    long head() {
        return head;
    }

    /** Another node says that this position stands in the log. */
    void heardOf(long position) {
        head = Math.max(head, position);
    }

    void take(StoredAppend stored) {
        settled = stored.point();
        head = Math.max(head, settled.position());
        streamSequence = stored.sequence();
        String fence = stored.append().fencedBy();
        if (fence != null) {
            fencedBy = fence;
            fenceHash = stored.chainHash();
        }
    }

    void reached(String log, LogPoint point, long sequence) {
        logId = log;
        readable = log;
        settled = point;
        if (fencedBy == null) {
            indexed.fence().ifPresent(fence -> {
                fencedBy = fence.node();
                fenceHash = fence.hash();
            });
        }
        head = forgotten ? point.position() : Math.max(head, point.position());
        streamSequence = sequence;
        forgotten = false;
    }

    /** The log, or the index, is not what it was: it is read from its start. Until that is done the head stays, and readers wait for it. */
    void forget(String next) {
        readable = next;
        settled = LogPoint.ORIGIN;
        streamSequence = 0;
        fencedBy = null;
        fenceHash = Chain.genesis();
        forgotten = true;
    }

    /** The index, though of this log, does not reach as far as it did: it is read from there. The head stays, as when all is forgotten. */
    void backTo(Checkpoint indexed) {
        forget(indexed.logId());
        logId = indexed.logId();
        settled = indexed.point();
        streamSequence = settled.sequence();
    }

    boolean isFencedBy(String node) {
        return node.equals(fencedBy);
    }

    /** Of the index: what was found in an earlier one need not stand in this log. */
    int generation() {
        return indexed.generation();
    }

    /** Of the last fence that was read: two nodes with the same one know the same log up to it. */
    byte[] fenceHash() {
        return fenceHash;
    }

    boolean isBehindFence(byte[] hash) {
        return Arrays.equals(fenceHash, hash);
    }
}
