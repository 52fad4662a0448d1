package app.veza.command.chat.mutemember;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keep a member from speaking.
 *
 * @param until null for until it is lifted
 */
record MuteMember(
        UUID roomId, UUID personId, UUID by, @Nullable Instant until) {}
