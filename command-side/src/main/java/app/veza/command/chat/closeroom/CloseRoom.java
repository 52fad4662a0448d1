package app.veza.command.chat.closeroom;

import java.util.UUID;

/** End a room. */
record CloseRoom(UUID roomId, UUID by) {}
