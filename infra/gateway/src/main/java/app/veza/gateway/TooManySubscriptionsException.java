package app.veza.gateway;

/** A connection may not subscribe to more topics at once. */
public final class TooManySubscriptionsException extends RuntimeException {
    public TooManySubscriptionsException(int limit) {
        super("A connection subscribes to at most " + limit + " topics at once");
    }
}
