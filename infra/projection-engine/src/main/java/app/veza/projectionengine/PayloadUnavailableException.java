package app.veza.projectionengine;

/** A {@link LoggedEvent#payload()} cannot be had now, such as because what decrypts it is away: it is asked for again. */
public final class PayloadUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PayloadUnavailableException(Throwable cause) {
        super("An event cannot be decoded now", cause);
    }
}
