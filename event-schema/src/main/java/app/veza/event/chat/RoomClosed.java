package app.veza.event.chat;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A room is over: nobody enters, says or changes anything in it any more. Its members keep their membership and may read on.
 *
 * @param closedBy an owner
 */
@Event(namespace = "chat", name = "RoomClosed", version = "1")
public record RoomClosed(
        @EventTag(key = ROOM) UUID roomId,
        @EventTag(key = PERSON) UUID closedBy) implements ChatEvent {}
