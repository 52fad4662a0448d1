package app.veza.projection.replica.chat;

import app.veza.event.chat.Attachment;
import app.veza.event.chat.MessageSent;
import app.veza.projectionengine.Recorded;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that a batch brings, as it stands at the batch's end.
 *
 * @param number which one of its room's messages it is, from 1
 * @param text null when it was deleted
 */
record SentMessage(
        UUID room,
        long position,
        UUID id,
        long number,
        UUID sender,
        @Nullable String text,
        Instant sentAt,
        @Nullable Instant editedAt,
        @Nullable Instant deletedAt,
        @Nullable UUID replyTo,
        List<UUID> mentions,
        List<Attachment> attachments) {

    static SentMessage of(Recorded<?> recorded, MessageSent sent, long number) {
        return new SentMessage(
                sent.roomId(),
                recorded.position(),
                sent.messageId(),
                number,
                sent.senderId(),
                sent.text(),
                recorded.timestamp(),
                null,
                null,
                sent.replyTo(),
                known(sent.mentions()),
                known(sent.attachments()));
    }

    /** What a node of a newer version left out is not there, whatever the record says. */
    static <T> List<T> known(@Nullable List<T> listed) {
        return listed == null ? List.of() : listed;
    }

    SentMessage with(MessageChange change) {
        if (deletedAt != null) {
            return this;
        }
        boolean isDeleted = change.deletedAt() != null;
        return new SentMessage(
                room,
                position,
                id,
                number,
                sender,
                isDeleted ? null : change.isEdit() ? change.text() : text,
                sentAt,
                change.isEdit() ? change.editedAt() : editedAt,
                change.deletedAt(),
                replyTo,
                isDeleted ? List.of() : change.isEdit() ? change.mentions() : mentions,
                isDeleted ? List.of() : attachments);
    }
}
