package app.veza.eventstore;

import org.jspecify.annotations.Nullable;

/** The local index cannot be read or written: disk full, damaged files, another process has it open. */
public final class IndexException extends RuntimeException {
    IndexException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
