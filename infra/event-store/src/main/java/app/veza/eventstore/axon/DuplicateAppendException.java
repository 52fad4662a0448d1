package app.veza.eventstore.axon;

import app.veza.eventstore.AppendOutcome;

/** The command id was appended before; nothing was appended now. */
public final class DuplicateAppendException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient AppendOutcome.Duplicate earlier;

    DuplicateAppendException(AppendOutcome.Duplicate earlier) {
        super("The command was appended before, up to position " + earlier.lastPosition(), null, false, false);
        this.earlier = earlier;
    }

    public AppendOutcome.Duplicate earlier() {
        return earlier;
    }
}
