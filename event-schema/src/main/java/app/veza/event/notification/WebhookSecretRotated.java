package app.veza.event.notification;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.WEBHOOK;

import app.veza.event.Personal;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * Deliveries of a webhook are signed with another secret, and for a while with the one before beside it.
 *
 * @param secret the new one: {@code whsec_} and 32 bytes in base64
 * @param formerUntil how long the one before signs beside it
 */
@Event(namespace = "notification", name = "WebhookSecretRotated", version = "1")
public record WebhookSecretRotated(
        @EventTag(key = WEBHOOK) UUID webhookId,
        @EventTag(key = PERSON) UUID personId,
        @Personal String secret,
        Instant formerUntil)
        implements NotificationEvent {

    /** Without what is personal or secret: it may end in a log line. */
    @Override
    public String toString() {
        return "WebhookSecretRotated[webhookId=%s, personId=%s]".formatted(webhookId, personId);
    }
}
