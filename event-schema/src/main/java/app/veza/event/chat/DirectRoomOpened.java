package app.veza.event.chat;

import static app.veza.event.EventTags.PAIR;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * Two people got the one direct room that they have with each other. It is private, has no name, no owner and never another
 * member. Both memberships are events of their own in the same append.
 *
 * @param pairId names these two people, in whichever order: no other direct room has the same
 * @param otherId with whom
 */
@Event(namespace = "chat", name = "DirectRoomOpened", version = "1")
public record DirectRoomOpened(
        @EventTag(key = ROOM) UUID roomId,
        @EventTag(key = PAIR) UUID pairId,
        @EventTag(key = PERSON) UUID openedBy,
        UUID otherId)
        implements ChatEvent {}
