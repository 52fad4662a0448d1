package app.veza.eventstore;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why an append has no {@link AppendOutcome}. */
public abstract sealed class AppendFailure extends RuntimeException {
    private AppendFailure(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }

    /** The append may or may not stand in the log: repeat it under the same command id to learn it. */
    public static final class Unknown extends AppendFailure {
        public Unknown(String message) {
            super(message, null);
        }
    }

    /** Provably not appended; the log cannot take it now. */
    public static final class Unavailable extends AppendFailure {
        private final Duration retryAfter;

        public Unavailable(String message, Duration retryAfter) {
            super(message, null);
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** Not appended, and it never will be: too large, too many events, not encodable. */
    public static final class Invalid extends AppendFailure {
        public Invalid(String message) {
            super(message, null);
        }
    }
}
