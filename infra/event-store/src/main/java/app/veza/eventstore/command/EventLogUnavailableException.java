package app.veza.eventstore.command;

import app.veza.eventstore.AppendFailure;
import app.veza.eventstore.personal.KeysUnavailableException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The log cannot be reached or cannot be read up to the position asked for. Nothing was appended. */
public final class EventLogUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public EventLogUnavailableException(String message, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /**
     * Runs what reads the log.
     *
     * @throws EventLogUnavailableException when this node's index, or a key of what stands in it, cannot be read now
     */
    public static <T> T whileReading(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (AppendFailure.Unavailable behind) {
            throw new EventLogUnavailableException(behind.getMessage(), behind.retryAfter(), behind);
        } catch (KeysUnavailableException away) {
            throw new EventLogUnavailableException(away.getMessage(), away.retryAfter(), away);
        }
    }

    /** When it makes sense to try again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
