package app.veza.projectionengine;

import org.jspecify.annotations.Nullable;

/** A handled event whose payload cannot be had here. */
final class UndecodableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long position;

    UndecodableException(LoggedEvent event, @Nullable Throwable cause) {
        super(
                "The " + event.type() + " at position " + event.position()
                        + (cause == null ? " is of no type known here" : " cannot be decoded"),
                cause);
        this.position = event.position();
    }

    long position() {
        return position;
    }
}
