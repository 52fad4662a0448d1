package app.veza.command.identity.resetpassword;

import java.time.Instant;
import java.util.UUID;

/**
 * Have another password from now on, by what was mailed.
 *
 * @param requestId what the mail was sent for
 * @param passwordHash of the new one, a PHC string
 * @param at the present
 */
record ResetPassword(UUID personId, UUID requestId, String passwordHash, Instant at) {

    /** Without what is secret. */
    @Override
    public String toString() {
        return "ResetPassword[personId=%s, requestId=%s]".formatted(personId, requestId);
    }
}
