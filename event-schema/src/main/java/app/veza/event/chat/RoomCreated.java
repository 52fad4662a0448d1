package app.veza.event.chat;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * A room was opened. The creator's membership is an event of its own in the same append.
 *
 * @param name 1-80 characters
 */
@Event(namespace = "chat", name = "RoomCreated", version = "1")
public record RoomCreated(
        @EventTag(key = ROOM) UUID roomId,
        @EventTag(key = PERSON) UUID creatorId,
        String name,
        @Nullable String topic,
        Visibility visibility)
        implements ChatEvent {}
