package app.veza.command.chat.deletemessage;

import java.util.UUID;

/** Show a message no more. */
record DeleteMessage(UUID roomId, UUID messageId, UUID by) {}
