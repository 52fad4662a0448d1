package app.veza.event.chat;

import static app.veza.event.EventTags.MESSAGE;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A member put an emoji to a message. The same emoji once a person and message.
 *
 * @param emoji one, as Unicode; a message bears at most 20 different ones
 */
@Event(namespace = "chat", name = "ReactionAdded", version = "1")
public record ReactionAdded(
        @EventTag(key = ROOM) UUID roomId,
        @EventTag(key = MESSAGE) UUID messageId,
        @EventTag(key = PERSON) UUID personId,
        String emoji)
        implements ChatEvent {}
