package app.veza.command.chat.removereaction;

import java.util.UUID;

/** Take one's reaction back. */
record RemoveReaction(UUID roomId, UUID messageId, UUID by, String emoji) {}
