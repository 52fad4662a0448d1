package app.veza.eventstore.command;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The log cannot be reached or cannot be read up to the position asked for. Nothing was appended. */
public final class EventLogUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public EventLogUnavailableException(String message, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** When it makes sense to try again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
