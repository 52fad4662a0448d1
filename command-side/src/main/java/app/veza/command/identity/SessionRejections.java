package app.veza.command.identity;

import app.veza.command.Rejection;
import app.veza.command.Rejection.Kind;

/** Refusals of credentials and tokens. They tell as little as a client needs to go on. */
public final class SessionRejections {

    private static final String INVALID_CREDENTIALS = "invalid-credentials";
    private static final String INVALID_TOTP = "invalid-totp";

    private SessionRejections() {}

    /** The same for an unknown user and for a wrong password. */
    public static Rejection invalidCredentials() {
        return new Rejection(
                Kind.UNAUTHENTICATED,
                INVALID_CREDENTIALS,
                "Invalid credentials",
                "The username or the password is wrong.");
    }

    /** Told to nobody who does not know the password. */
    public static Rejection totpRequired() {
        return new Rejection(
                Kind.UNAUTHENTICATED,
                "totp-required",
                "Code required",
                "Send the code that your authenticator app shows, or a recovery code, as 'totp'.");
    }

    /** Told to nobody who does not know the password. */
    public static Rejection invalidTotp() {
        return new Rejection(
                Kind.UNAUTHENTICATED,
                INVALID_TOTP,
                "Invalid code",
                "The code is wrong, too old or was used before: wait for the next one.");
    }

    /** Whether somebody guessed, and wrongly; to be asked for a code is no guess. */
    public static boolean isWrongGuess(Rejection rejection) {
        return rejection.slug().equals(INVALID_CREDENTIALS) || rejection.slug().equals(INVALID_TOTP);
    }

    /** What opens the account is not for whoever found it open. */
    public static Rejection proofRequired() {
        return new Rejection(
                Kind.FORBIDDEN,
                "proof-required",
                "Prove that it is you",
                "This session began more than ten minutes ago: send your 'password' along, or sign in again.");
    }

    /** Unknown, spent, expired or of a session that ended: sign in again. */
    public static Rejection invalidRefreshToken() {
        return Rejection.unauthenticated("The refresh token is not good, or no longer: sign in again.");
    }
}
