package app.veza.command.chat.editmessage;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Put another text in place of one's message.
 *
 * @param text 1 to 10,000 characters
 * @param mentions members whom it names
 */
record EditMessage(UUID roomId, UUID messageId, UUID by, Instant at, String text, List<UUID> mentions) {

    /** Without the text, which is the members' own. */
    @Override
    public String toString() {
        return "EditMessage[roomId=%s, messageId=%s, by=%s]".formatted(roomId, messageId, by);
    }
}
