package app.veza.command.chat.sendmessage;

import app.veza.command.Ids;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Say something in a room.
 *
 * @param messageId drawn when the command came: it tells the time
 * @param text 1 to 10,000 characters
 * @param replyTo a message of the same room
 * @param mentions members whom the text names
 * @param uploads files that are to go with it, in this order
 */
record SendMessage(
        UUID roomId,
        UUID messageId,
        UUID senderId,
        String text,
        @Nullable UUID replyTo,
        List<UUID> mentions,
        List<Upload> uploads) {

    /**
     * A file as it lies in the storage.
     *
     * @param size in bytes, empty when it is not there
     */
    record Upload(UUID attachmentId, OptionalLong size) {}

    Instant at() {
        return Ids.timeOf(messageId);
    }

    /** Without the text, which is the members' own. */
    @Override
    public String toString() {
        return "SendMessage[roomId=%s, messageId=%s, senderId=%s]".formatted(roomId, messageId, senderId);
    }
}
