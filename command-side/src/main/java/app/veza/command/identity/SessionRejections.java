package app.veza.command.identity;

import app.veza.command.Rejection;
import app.veza.command.Rejection.Kind;

/** Refusals of credentials and tokens. They tell as little as a client needs to go on. */
public final class SessionRejections {

    private SessionRejections() {}

    /** The same for an unknown user and for a wrong password. */
    public static Rejection invalidCredentials() {
        return new Rejection(
                Kind.UNAUTHENTICATED,
                "invalid-credentials",
                "Invalid credentials",
                "The username or the password is wrong.");
    }

    /** Unknown, spent, expired or of a session that ended: sign in again. */
    public static Rejection invalidRefreshToken() {
        return Rejection.unauthenticated("The refresh token is not good, or no longer: sign in again.");
    }
}
