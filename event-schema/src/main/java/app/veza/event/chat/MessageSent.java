package app.veza.event.chat;

import static app.veza.event.EventTags.MESSAGE;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import app.veza.event.Personal;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * A member said something in a room.
 *
 * @param text 1-10,000 characters
 * @param textLength in code points: what is counted of a message stays countable when its sender is erased
 * @param replyTo a message of the same room
 * @param mentions the members of the room whom the text names as @username, each once and never the sender; at most 50
 * @param attachments files that the sender had uploaded, in the sender's order, each once; at most 10
 */
@Event(namespace = "chat", name = "MessageSent", version = "3")
public record MessageSent(
        @EventTag(key = ROOM) UUID roomId,
        @EventTag(key = MESSAGE) UUID messageId,
        @EventTag(key = PERSON) UUID senderId,
        @Personal(subject = "senderId") String text,
        int textLength,
        @Nullable UUID replyTo,
        List<UUID> mentions,
        List<Attachment> attachments)
        implements ChatEvent {}
