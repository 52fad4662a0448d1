package app.veza.command.chat.sendmessage;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Say something in a room.
 *
 * @param text 1 to 10,000 characters
 * @param replyTo a message of the same room
 * @param clientMessageId the name that the client gave it
 */
record SendMessage(
        UUID roomId,
        UUID messageId,
        UUID senderId,
        String text,
        @Nullable UUID replyTo,
        @Nullable String clientMessageId) {

    /** Without the text, which is the members' own. */
    @Override
    public String toString() {
        return "SendMessage[roomId=%s, messageId=%s, senderId=%s]".formatted(roomId, messageId, senderId);
    }
}
