package app.veza.eventstore;

/** The stream exists and is not set up as the log needs it. */
public final class LogSettingsException extends RuntimeException {
    LogSettingsException(String message) {
        super(message);
    }
}
