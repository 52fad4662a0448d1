package app.veza.eventstore;

import java.time.Duration;

/**
 * A decision was to be made on events up to a position that does not exist in the log, as far as this node knows it. Either
 * it is about to, or it is a position of another log. Nothing was appended.
 */
public final class PositionNotReachedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long wanted;
    private final long head;

    public PositionNotReachedException(long wanted, long head) {
        super("Position %d does not exist yet: the log ends at %d".formatted(wanted, head));
        this.wanted = wanted;
        this.head = head;
    }

    public long wanted() {
        return wanted;
    }

    /** Last position of the log when the waiting ended. */
    public long head() {
        return head;
    }

    /** When it makes sense to try again. */
    public Duration retryAfter() {
        return Duration.ofSeconds(1);
    }
}
