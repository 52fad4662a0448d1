package app.veza.command;

import java.time.Duration;

/** More work of a kind than there is room for: nothing was done, and later there may be room. */
public final class Overloaded extends Rejection {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public Overloaded(String detail, Duration retryAfter) {
        super(Kind.UNAVAILABLE, "unavailable", "Temporarily unavailable", detail);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
