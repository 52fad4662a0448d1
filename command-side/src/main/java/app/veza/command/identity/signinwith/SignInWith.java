package app.veza.command.identity.signinwith;

import app.veza.command.http.Client;
import app.veza.command.identity.openid.ExternalAccount;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Begin a session with an external account, which was proved already.
 *
 * @param ownerId whose account it was found to open; null: nobody's, so one is opened
 * @param code for an owner who signs in with codes too; null when none was given
 * @param opening what the new account is to be
 * @param sessionId of the session that begins
 * @param at the present
 */
record SignInWith(
        ExternalAccount external,
        @Nullable UUID ownerId,
        @Nullable String code,
        Opening opening,
        UUID sessionId,
        String refreshTokenHash,
        Instant expiresAt,
        Client client,
        Instant at) {

    /**
     * @param usernames of which the first that is free is taken
     * @param email as typed; blank where there is no address
     * @param emailKey the form in which addresses are compared
     * @param passwordHash of a password that nobody knows
     * @param requestId of the mail that is to prove the address
     */
    record Opening(
            UUID personId,
            List<String> usernames,
            @Nullable String displayName,
            String email,
            String emailKey,
            String passwordHash,
            UUID requestId) {}

    /** Without what is personal or secret. */
    @Override
    public String toString() {
        return "SignInWith[sessionId=%s]".formatted(sessionId);
    }
}
