package app.veza.event.chat;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person is a member of a room from here on.
 *
 * @param addedBy the person themself when they joined, another when they were invited
 */
@Event(namespace = "chat", name = "MemberJoined", version = "1")
public record MemberJoined(
        @EventTag(key = ROOM) UUID roomId,
        @EventTag(key = PERSON) UUID personId,
        MemberRole role,
        UUID addedBy) implements ChatEvent {}
