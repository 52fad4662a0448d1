package app.veza.event.chat;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A member has read a room up to a message, that included. It only ever goes forward.
 *
 * @param messageId of this room
 * @param messagePosition of that message in the log: what is at or before it is read
 */
@Event(namespace = "chat", name = "MessageRead", version = "1")
public record MessageRead(
        @EventTag(key = ROOM) UUID roomId,
        @EventTag(key = PERSON) UUID personId,
        UUID messageId,
        long messagePosition) implements ChatEvent {}
