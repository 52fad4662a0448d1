package app.veza.command.identity.refresh;

import java.time.Instant;
import java.util.UUID;

/**
 * Go on with a session.
 *
 * @param presentedHash hash of the refresh token that the client has
 * @param nextHash hash of the one that it is to get
 * @param at the present
 */
record RefreshSession(UUID sessionId, String presentedHash, String nextHash, Instant at) {

    /** Without the hashes. */
    @Override
    public String toString() {
        return "RefreshSession[sessionId=%s]".formatted(sessionId);
    }
}
