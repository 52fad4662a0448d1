package app.veza.command;

import java.time.Duration;

/** A caller does something more often than is good for others: nothing was done, and after a while it may be. */
public final class TooManyRequests extends Rejection {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public TooManyRequests(String detail, Duration retryAfter) {
        super(Kind.TOO_MANY, "too-many-requests", "Too many requests", detail);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
