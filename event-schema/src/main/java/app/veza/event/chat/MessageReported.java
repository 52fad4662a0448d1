package app.veza.event.chat;

import static app.veza.event.EventTags.MESSAGE;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import app.veza.event.Personal;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * A member told those who look after the room that a message should not be there. Once a person and message.
 *
 * @param reason 1-1,000 characters
 * @param authorId who sent the message
 */
@Event(namespace = "chat", name = "MessageReported", version = "1")
public record MessageReported(
        @EventTag(key = ROOM) UUID roomId,
        @EventTag(key = MESSAGE) UUID messageId,
        @EventTag(key = PERSON) UUID reporterId,
        UUID authorId,
        @Nullable @Personal(subject = "reporterId") String reason)
        implements ChatEvent {}
