package app.veza.command.chat.addreaction;

import java.time.Instant;
import java.util.UUID;

/**
 * React to a message.
 *
 * @param isNew whether nobody seems to have reacted with it: then how many different ones there are is looked at. Who repeats
 *     what others gave is not kept waiting by all who do the same
 */
record AddReaction(UUID roomId, UUID messageId, UUID by, Instant at, String emoji, boolean isNew) {}
