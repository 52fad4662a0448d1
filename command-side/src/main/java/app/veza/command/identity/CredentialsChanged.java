package app.veza.command.identity;

import app.veza.command.Rejection;
import app.veza.command.Rejection.Kind;
import java.util.function.Supplier;

/** A password was checked against a hash that is not, or no longer, the person's: check again. */
public final class CredentialsChanged extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Credentials change once in a while, not thrice while one password is checked. */
    private static final int ATTEMPTS = 3;

    public CredentialsChanged() {
        super("The credentials changed while the password was being checked", null, false, false);
    }

    /** The attempt's result, tried again from the check on whenever the credentials changed meanwhile. */
    public static <T> T retried(Supplier<T> attempt) {
        for (int tried = 1; tried < ATTEMPTS; tried++) {
            try {
                return attempt.get();
            } catch (CredentialsChanged again) {
                // Checked anew, against what they are now
                continue;
            }
        }
        try {
            return attempt.get();
        } catch (CredentialsChanged forever) {
            throw new Rejection(Kind.CONFLICT, "conflict", "Conflict", "The credentials keep changing: try again.");
        }
    }
}
