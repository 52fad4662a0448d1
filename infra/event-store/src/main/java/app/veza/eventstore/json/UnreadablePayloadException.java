package app.veza.eventstore.json;

import org.jspecify.annotations.Nullable;

/** A {@link PayloadTransform} can never turn what is stored back: it is damaged, or what it takes to read it is lost. */
public final class UnreadablePayloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadablePayloadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
