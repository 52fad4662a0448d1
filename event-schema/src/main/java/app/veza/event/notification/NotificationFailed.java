package app.veza.event.notification;

import static app.veza.event.EventTags.NOTIFICATION;
import static app.veza.event.EventTags.PERSON;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A channel does not take a notification, and it is not tried again.
 *
 * @param cause in one sentence, without what is personal
 */
@Event(namespace = "notification", name = "NotificationFailed", version = "1")
public record NotificationFailed(
        @EventTag(key = NOTIFICATION) UUID notificationId,
        @EventTag(key = PERSON) UUID personId,
        NotificationChannel channel,
        int attempts,
        String cause)
        implements NotificationEvent {}
