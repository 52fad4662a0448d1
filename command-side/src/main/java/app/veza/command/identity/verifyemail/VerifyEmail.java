package app.veza.command.identity.verifyemail;

import java.time.Instant;
import java.util.UUID;

/**
 * Prove that an address is theirs, by what was mailed there.
 *
 * @param requestId what the mail was sent for
 * @param emailKey of the address that it was sent to
 * @param at the present
 */
record VerifyEmail(UUID personId, UUID requestId, String emailKey, Instant at) {

    /** Without what is personal. */
    @Override
    public String toString() {
        return "VerifyEmail[personId=%s, requestId=%s]".formatted(personId, requestId);
    }
}
