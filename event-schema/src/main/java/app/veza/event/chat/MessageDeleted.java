package app.veza.event.chat;

import static app.veza.event.EventTags.MESSAGE;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A message is shown no more: neither its text nor what was attached to it. Its place in the room stays.
 *
 * @param authorId who had sent it
 * @param deletedBy the author, an owner or moderator of the room, or a moderator of the platform where the room is public
 */
@Event(namespace = "chat", name = "MessageDeleted", version = "1")
public record MessageDeleted(
        @EventTag(key = ROOM) UUID roomId,
        @EventTag(key = MESSAGE) UUID messageId,
        @EventTag(key = PERSON) UUID authorId,
        UUID deletedBy)
        implements ChatEvent {}
