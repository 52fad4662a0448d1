package app.veza.event.notification;

import static app.veza.event.EventTags.NOTIFICATION;
import static app.veza.event.EventTags.PERSON;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A channel took a notification.
 *
 * @param attempts how often it was tried, this time included
 */
@Event(namespace = "notification", name = "NotificationDelivered", version = "1")
public record NotificationDelivered(
        @EventTag(key = NOTIFICATION) UUID notificationId,
        @EventTag(key = PERSON) UUID personId,
        NotificationChannel channel,
        int attempts)
        implements NotificationEvent {}
