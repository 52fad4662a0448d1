package app.veza.eventstore;

/** A backup or restore cannot be done as asked for; nothing was changed. The message says what would help. */
public final class BackupRefusedException extends RuntimeException {
    BackupRefusedException(String message) {
        super(message);
    }
}
