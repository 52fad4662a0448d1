package app.veza.eventstore;

/** The log in NATS does not hold what was appended to it: a message is missing or changed. Nothing after it is read. */
public final class LogDamagedException extends RuntimeException {
    LogDamagedException(String message) {
        super(message);
    }
}
