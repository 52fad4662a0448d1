package app.veza.event.chat;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A member may do more or less in a room from here on.
 *
 * @param changedBy an owner
 */
@Event(namespace = "chat", name = "MemberRoleChanged", version = "1")
public record MemberRoleChanged(
        @EventTag(key = ROOM) UUID roomId,
        @EventTag(key = PERSON) UUID personId,
        MemberRole role,
        UUID changedBy) implements ChatEvent {}
