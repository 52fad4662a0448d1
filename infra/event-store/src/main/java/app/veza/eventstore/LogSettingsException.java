package app.veza.eventstore;

/** The stream exists and is not set up as the log needs it, or is gone though a log is known to have stood in it. */
public final class LogSettingsException extends RuntimeException {
    LogSettingsException(String message) {
        super(message);
    }
}
