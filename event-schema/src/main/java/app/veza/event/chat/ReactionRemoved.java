package app.veza.event.chat;

import static app.veza.event.EventTags.MESSAGE;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A member took their emoji from a message.
 *
 * @param emoji one that they had put there
 */
@Event(namespace = "chat", name = "ReactionRemoved", version = "1")
public record ReactionRemoved(
        @EventTag(key = ROOM) UUID roomId,
        @EventTag(key = MESSAGE) UUID messageId,
        @EventTag(key = PERSON) UUID personId,
        String emoji)
        implements ChatEvent {}
