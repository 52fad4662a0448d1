package app.veza.stores;

/** A mail will never be taken: there is no such mailbox, or the address is none. */
public final class MailRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MailRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
