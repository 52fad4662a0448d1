package app.veza.event.chat;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person may not be in a room. Was there a membership, its end is an event of its own in the same append.
 *
 * @param bannedBy an owner or moderator of the room, or a moderator of the platform where the room is public
 */
@Event(namespace = "chat", name = "MemberBanned", version = "1")
public record MemberBanned(
        @EventTag(key = ROOM) UUID roomId,
        @EventTag(key = PERSON) UUID personId,
        UUID bannedBy) implements ChatEvent {}
