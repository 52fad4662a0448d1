package app.veza.event.chat;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * Plain members of a room have to wait between two messages, or need not any more.
 *
 * @param changedBy an owner or moderator
 * @param seconds that must pass between two messages of one member, at most 21,600; 0 for none
 */
@Event(namespace = "chat", name = "SlowModeChanged", version = "1")
public record SlowModeChanged(
        @EventTag(key = ROOM) UUID roomId,
        @EventTag(key = PERSON) UUID changedBy,
        int seconds) implements ChatEvent {}
