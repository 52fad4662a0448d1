package app.veza.event.chat;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person may enter a room again, as anybody else; they are no member by that.
 *
 * @param unbannedBy an owner or moderator of the room, or a moderator of the platform where the room is public
 */
@Event(namespace = "chat", name = "MemberUnbanned", version = "1")
public record MemberUnbanned(
        @EventTag(key = ROOM) UUID roomId,
        @EventTag(key = PERSON) UUID personId,
        UUID unbannedBy) implements ChatEvent {}
