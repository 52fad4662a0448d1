package app.veza.command.identity.login;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Begin a session, the password having been checked already.
 *
 * @param personId whose account was looked up; null when there is none
 * @param checkedHash the hash that the password was checked against; null when no such person was found
 * @param passwordMatches what came of it
 * @param code made with the person's secret, or a recovery code; null when none was given
 * @param sessionId of the session that begins when it matches
 * @param address from which the request came
 * @param agent the User-Agent header
 * @param at the present
 */
record LogIn(
        String usernameKey,
        @Nullable UUID personId,
        @Nullable String checkedHash,
        boolean passwordMatches,
        @Nullable String code,
        UUID sessionId,
        String refreshTokenHash,
        Instant expiresAt,
        String address,
        @Nullable String agent,
        Instant at) {

    /** Without what is personal or secret. */
    @Override
    public String toString() {
        return "LogIn[sessionId=%s]".formatted(sessionId);
    }
}
