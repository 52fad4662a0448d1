package app.veza.event.notification;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.WEBHOOK;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** A person wants their webhook to be sent something, to see whether it arrives. */
@Event(namespace = "notification", name = "WebhookTestRequested", version = "1")
public record WebhookTestRequested(
        @EventTag(key = WEBHOOK) UUID webhookId,
        @EventTag(key = PERSON) UUID personId) implements NotificationEvent {}
