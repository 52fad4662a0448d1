package app.veza.stores;

/** A mail was not taken now; later it may be. */
public final class MailUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MailUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
