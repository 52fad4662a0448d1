package app.veza.projectionengine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /**
     * Does the work and moves the checkpoint, together, if it still is {@code expected}. Events whose sequence key has dead
     * letters are parked behind those, untried.
     */
    Applied apply(Checkpoint expected, Work work, Checkpoint next, Pace pace);

    /** How many dead letters it has. */
    long deadLetters();

    /** Empties the read model and puts it at position 0 of {@code logId}, if the checkpoint still is {@code observed}. */
    void reset(Checkpoint observed, String logId);

    /** What it was bound to when it was opened last. Live stores are bound anew at each opening, to what is served. */
    Edition edition();

    /** True while a higher version is served and this one is no longer there: there is nothing to run. */
    boolean outdated();

    /** What readers see; empty when that is nothing yet. */
    Optional<ServedAt> servedAt();

    /** True while readers are led to another edition, or to none. */
    boolean unserved();

    /** Whether there is what readers need and filling does not. */
    boolean isPrepared();

    /** Makes it, unless it is there. Over a long history that takes its time, in which the log goes on. */
    void prepare();

    /**
     * Leads readers to this edition; does nothing when a higher version is served.
     *
     * @return false when it could not be done just now: the former edition is further, or readers hold it. To be tried
     *     again after the next batch
     */
    boolean serve();

    /** Why {@link #serve} could not be done lately, where that may last; null where it is only to be tried again. */
    @Nullable
    String switchHeldUp();

    /** Said of a version that is filled and must be asked for. */
    static String waitsToBeAskedFor(Projection projection) {
        return "version %d is filled: './veza projections rebuild %s' leads the readers over"
                .formatted(projection.version(), projection.name());
    }

    @Override
    void close();

    /** Whether the runner follows the head or fills a backlog, where throughput counts more than delay. */
    enum Pace {
        LIVE,
        BACKLOG
    }
}
