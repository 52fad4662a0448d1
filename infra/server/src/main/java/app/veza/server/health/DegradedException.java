package app.veza.server.health;

import java.util.Map;

/** A part does its work and yet needs somebody's attention; the message says why. */
final class DegradedException extends Exception {

    private final transient Map<String, Object> details;

    DegradedException(String message) {
        this(message, Map.of());
    }

    /** @param details as of a part that is well */
    DegradedException(String message, Map<String, Object> details) {
        super(message);
        this.details = details;
    }

    Map<String, Object> details() {
        return details;
    }
}
