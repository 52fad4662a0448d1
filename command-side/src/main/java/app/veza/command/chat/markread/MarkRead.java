package app.veza.command.chat.markread;

import java.util.UUID;

/** Have read a room up to a message, that included. */
record MarkRead(UUID roomId, UUID personId, UUID messageId) {}
