package app.veza.command.identity.endsessions;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * End a person's sessions.
 *
 * @param kept the one that goes on, null for none
 * @param endedBy the person or an admin
 * @param at the present
 */
record EndSessions(UUID personId, @Nullable UUID kept, UUID endedBy, Instant at) {}
