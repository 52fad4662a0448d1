package app.veza.command.identity.changepassword;

import java.time.Instant;
import java.util.UUID;

/**
 * Have another password from now on, the present one having been checked already.
 *
 * @param kept the session that goes on
 * @param checkedHash the hash that the present password was checked against
 * @param passwordMatches what came of it
 * @param passwordHash of the new one, a PHC string
 * @param at the present
 */
record ChangePassword(
        UUID personId, UUID kept, String checkedHash, boolean passwordMatches, String passwordHash, Instant at) {

    /** Without what is personal or secret. */
    @Override
    public String toString() {
        return "ChangePassword[personId=%s]".formatted(personId);
    }
}
