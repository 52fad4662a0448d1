package app.veza.projectionengine;

/** A job cannot be done; its message says why, to the person who wanted it. */
final class JobFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JobFailure(String why) {
        super(why);
    }
}
