package app.veza.event.notification;

import static app.veza.event.EventTags.NOTIFICATION;
import static app.veza.event.EventTags.PERSON;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** A person has seen a notification. */
@Event(namespace = "notification", name = "NotificationRead", version = "1")
public record NotificationRead(
        @EventTag(key = NOTIFICATION) UUID notificationId,
        @EventTag(key = PERSON) UUID personId) implements NotificationEvent {}
