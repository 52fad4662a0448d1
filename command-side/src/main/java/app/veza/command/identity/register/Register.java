package app.veza.command.identity.register;

import java.time.Instant;
import java.util.UUID;

/**
 * Open an account.
 *
 * @param usernameKey the form in which usernames are compared
 * @param emailKey the form in which addresses are compared
 * @param passwordHash a PHC string
 * @param requestId of the mail that is to prove the address
 * @param at the present
 */
record Register(
        UUID personId,
        String username,
        String usernameKey,
        String displayName,
        String email,
        String emailKey,
        String passwordHash,
        UUID requestId,
        Instant at) {

    /** Without what is personal or secret. */
    @Override
    public String toString() {
        return "Register[personId=%s]".formatted(personId);
    }
}
