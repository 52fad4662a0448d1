package app.veza.event.chat;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * A room got another name or topic.
 *
 * @param changedBy an owner or moderator
 * @param name what it is called from here on, changed or not; 1-80 characters
 * @param topic what it is about from here on, changed or not; 1-250 characters, absent when it has none
 */
@Event(namespace = "chat", name = "RoomChanged", version = "1")
public record RoomChanged(
        @EventTag(key = ROOM) UUID roomId,
        @EventTag(key = PERSON) UUID changedBy,
        String name,
        @Nullable String topic) implements ChatEvent {}
