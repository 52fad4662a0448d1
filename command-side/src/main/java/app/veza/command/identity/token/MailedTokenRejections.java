package app.veza.command.identity.token;

import app.veza.command.InvalidInput;
import app.veza.command.Rejection;

/** The refusal of what is said to have come by mail. */
public final class MailedTokenRejections {

    private MailedTokenRejections() {}

    /** Never written by us, used, too old or overtaken by a newer one: which of these is nobody's business. */
    public static Rejection notGood() {
        return new InvalidInput("/token", "is not good, or no longer: ask for another mail");
    }
}
