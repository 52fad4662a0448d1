package app.veza.event.chat;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person is no longer a member of a room.
 *
 * @param removedBy the person themself when they left, another when they were removed
 */
@Event(namespace = "chat", name = "MemberLeft", version = "1")
public record MemberLeft(
        @EventTag(key = ROOM) UUID roomId,
        @EventTag(key = PERSON) UUID personId,
        UUID removedBy) implements ChatEvent {}
