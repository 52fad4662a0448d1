package app.veza.eventstore.personal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The keys of data subjects cannot be had now: nothing can be said about personal values, not even that they are gone. */
public final class KeysUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    public KeysUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** When it makes sense to try again. */
    public Duration retryAfter() {
        return RETRY_AFTER;
    }
}
