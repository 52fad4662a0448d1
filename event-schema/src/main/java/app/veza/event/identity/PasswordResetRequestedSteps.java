package app.veza.event.identity;

import app.veza.event.Erased;
import app.veza.event.EventUpcaster;

/** How old revisions of {@link PasswordResetRequested} are read. */
public final class PasswordResetRequestedSteps {

    /** Which address was given was not told then. */
    public static final EventUpcaster FROM_1 =
            EventUpcaster.of(PasswordResetRequested.class, 1, payload -> payload.put("emailKey", Erased.TEXT));

    private PasswordResetRequestedSteps() {}
}
