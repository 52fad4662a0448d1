package app.veza.eventstore.command;

import org.jspecify.annotations.Nullable;

/** The append was sent and not answered: it may be in the log or not. The same command id repeated tells. */
public final class OutcomeUnknownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
