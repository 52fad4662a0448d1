package app.veza.event.chat;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import java.time.Instant;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * A person may not say anything in a room, nor react, but may read on. A later one replaces this one.
 *
 * @param mutedBy an owner or moderator of the room, or a moderator of the platform where the room is public
 * @param until when it ends by itself; absent when it lasts until it is lifted
 */
@Event(namespace = "chat", name = "MemberMuted", version = "1")
public record MemberMuted(
        @EventTag(key = ROOM) UUID roomId,
        @EventTag(key = PERSON) UUID personId,
        UUID mutedBy,
        @Nullable Instant until) implements ChatEvent {}
