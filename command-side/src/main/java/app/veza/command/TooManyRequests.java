package app.veza.command;

import java.time.Duration;

/** A caller does something more often than is good for others: nothing was done, and after a while it may be. */
public final class TooManyRequests extends Rejection {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public TooManyRequests(String detail, Duration retryAfter) {
        this("too-many-requests", "Too many requests", detail, retryAfter);
    }

    /** For a reason of its own, see {@link Rejection#Rejection}. */
    public TooManyRequests(String slug, String title, String detail, Duration retryAfter) {
        super(Kind.TOO_MANY, slug, title, detail);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
