package app.veza.event.notification;

import static app.veza.event.EventTags.NOTIFICATION;
import static app.veza.event.EventTags.PERSON;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * Something happened that a person wants to know.
 *
 * @param actorId who did it, if somebody did
 * @param roomId where, if in a room
 * @param messageId which message, if one
 * @param streamId which stream, if one
 */
@Event(namespace = "notification", name = "NotificationRaised", version = "1")
public record NotificationRaised(
        @EventTag(key = NOTIFICATION) UUID notificationId,
        @EventTag(key = PERSON) UUID personId,
        NotificationKind kind,
        @Nullable UUID actorId,
        @Nullable UUID roomId,
        @Nullable UUID messageId,
        @Nullable UUID streamId)
        implements NotificationEvent {}
