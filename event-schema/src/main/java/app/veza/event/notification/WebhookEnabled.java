package app.veza.event.notification;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.WEBHOOK;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** A webhook that was disabled is told again what happens from here on. */
@Event(namespace = "notification", name = "WebhookEnabled", version = "1")
public record WebhookEnabled(
        @EventTag(key = WEBHOOK) UUID webhookId,
        @EventTag(key = PERSON) UUID personId) implements NotificationEvent {}
