package app.veza.eventstore;

/** A backup does not hold what was put into it; the message names the object. Nothing was replaced by it. */
public final class BackupDamagedException extends RuntimeException {
    BackupDamagedException(String message) {
        super(message);
    }
}
