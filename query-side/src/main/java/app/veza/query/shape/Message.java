package app.veza.query.shape;

import app.veza.event.Erased;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message in its present state.
 *
 * @param position of its sending: the order of a room's history
 * @param text none when it was deleted, or its sender erased
 * @param replyTo a message of the same room
 * @param mentions people named in the text
 * @param reactions how many gave each emoji
 * @param myReactions which of them the caller gave; only where the answer is for one caller
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Message(
        UUID id,
        UUID roomId,
        long position,
        Person sender,
        @Nullable String text,
        Instant sentAt,
        @Nullable Instant editedAt,
        @Nullable Instant deletedAt,
        @Nullable UUID replyTo,
        List<UUID> mentions,
        Map<String, Integer> reactions,
        List<Attachment> attachments,
        @Nullable List<String> myReactions) {

    public Message {
        text = Erased.is(text) ? null : text;
    }

    public record Attachment(UUID id, String contentType, long size, String url) {}

    /** For whomever it is. */
    public Message(
            UUID id,
            UUID roomId,
            long position,
            Person sender,
            @Nullable String text,
            Instant sentAt,
            @Nullable Instant editedAt,
            @Nullable Instant deletedAt,
            @Nullable UUID replyTo,
            List<UUID> mentions,
            Map<String, Integer> reactions,
            List<Attachment> attachments) {
        this(
                id,
                roomId,
                position,
                sender,
                text,
                sentAt,
                editedAt,
                deletedAt,
                replyTo,
                mentions,
                reactions,
                attachments,
                null);
    }

    public static Message unchanged(
            UUID id, UUID roomId, long position, Person sender, String text, Instant sentAt, @Nullable UUID replyTo) {
        return new Message(
                id, roomId, position, sender, text, sentAt, null, null, replyTo, List.of(), Map.of(), List.of());
    }
}
