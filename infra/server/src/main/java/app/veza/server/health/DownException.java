package app.veza.server.health;

import java.util.Map;

/** A part does not do its work, and can tell more than the message. */
final class DownException extends Exception {

    private final transient Map<String, Object> details;

    DownException(String message) {
        this(message, Map.of());
    }

    /** @param details as of a part that is well */
    DownException(String message, Map<String, Object> details) {
        super(message);
        this.details = details;
    }

    Map<String, Object> details() {
        return details;
    }
}
