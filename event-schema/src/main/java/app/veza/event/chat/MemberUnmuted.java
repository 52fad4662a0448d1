package app.veza.event.chat;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person may speak in a room again.
 *
 * @param unmutedBy an owner or moderator of the room, or a moderator of the platform where the room is public
 */
@Event(namespace = "chat", name = "MemberUnmuted", version = "1")
public record MemberUnmuted(
        @EventTag(key = ROOM) UUID roomId,
        @EventTag(key = PERSON) UUID personId,
        UUID unmutedBy) implements ChatEvent {}
