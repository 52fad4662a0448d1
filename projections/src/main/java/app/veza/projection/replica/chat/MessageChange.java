package app.veza.projection.replica.chat;

import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.projectionengine.Recorded;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What edits and a deletion make of a message; after a deletion nothing changes it any more.
 *
 * @param text null unless edited and not deleted
 * @param mentions those of the text
 * @param editedAt null unless edited
 */
record MessageChange(
        UUID room,
        UUID message,
        @Nullable String text,
        List<UUID> mentions,
        @Nullable Instant editedAt,
        @Nullable Instant deletedAt) {

    static MessageChange of(Recorded<?> recorded, MessageEdited edited) {
        return new MessageChange(
                edited.roomId(),
                edited.messageId(),
                edited.text(),
                SentMessage.known(edited.mentions()),
                recorded.timestamp(),
                null);
    }

    static MessageChange of(Recorded<?> recorded, MessageDeleted deleted) {
        return new MessageChange(deleted.roomId(), deleted.messageId(), null, List.of(), null, recorded.timestamp());
    }

    boolean isEdit() {
        return editedAt != null;
    }

    MessageChange then(MessageChange later) {
        if (deletedAt != null) {
            return this;
        }
        return later.isEdit() ? later : new MessageChange(room, message, null, List.of(), editedAt, later.deletedAt);
    }
}
