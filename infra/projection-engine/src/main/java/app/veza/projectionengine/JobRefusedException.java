package app.veza.projectionengine;

/** A job that cannot be done as it was asked for; the message says why and what to do. */
public final class JobRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Reason {
        /** There is no such projection, job or scratch schema. */
        UNKNOWN,
        /** The request makes no sense. */
        INVALID,
        /** It made sense before, or will later. */
        CONFLICT
    }

    private final Reason reason;

    JobRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
