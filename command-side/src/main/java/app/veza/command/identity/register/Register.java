package app.veza.command.identity.register;

import java.util.UUID;

/**
 * Open an account.
 *
 * @param usernameKey the form in which usernames are compared
 * @param passwordHash a PHC string
 */
record Register(
        UUID personId, String username, String usernameKey, String displayName, String email, String passwordHash) {

    /** Without what is personal or secret. */
    @Override
    public String toString() {
        return "Register[personId=%s]".formatted(personId);
    }
}
