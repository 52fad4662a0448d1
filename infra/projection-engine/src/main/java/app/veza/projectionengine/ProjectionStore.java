package app.veza.projectionengine;

import java.util.List;

/**
 * Where one projection lives: its read model and its checkpoint, which change together or not at all. Used by one
 * thread; other stores of the same projection may be at work on other nodes.
 */
interface ProjectionStore extends AutoCloseable {
    /** {@code primary}, {@code analytics} or {@code redis}. */
    String target();

    /** Most events for one {@link #apply}. */
    int batchLimit();

    /** Makes what is missing, the read model at position 0 included, and reads the checkpoint. */
    Checkpoint open(String logId);

    /** Reads the checkpoint as {@link #open} does, and leaves everything as it is. */
    Checkpoint peek(String logId);

    /** Applies handled events and moves the checkpoint, if it still is {@code expected}; nothing happens otherwise. */
    boolean apply(Checkpoint expected, List<Recorded<?>> handled, Checkpoint next, Pace pace);

    /** Empties the read model and puts it at position 0 of {@code logId}, if the checkpoint still is {@code observed}. */
    void reset(Checkpoint observed, String logId);

    /** True while readers are led to another version, or to none. */
    boolean unserved();

    /** Leads readers to this version; does nothing when a higher one is served. */
    void serve();

    @Override
    void close();

    /** Whether the runner follows the head or fills a backlog, where throughput counts more than delay. */
    enum Pace {
        LIVE,
        BACKLOG
    }
}
