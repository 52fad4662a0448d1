package app.veza.command.identity.session;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * End the oldest sessions of a person who has too many.
 *
 * @param kept one that goes on however old it is, null for none
 * @param at the present
 */
record EndSurplus(UUID personId, @Nullable UUID kept, Instant at) {}
