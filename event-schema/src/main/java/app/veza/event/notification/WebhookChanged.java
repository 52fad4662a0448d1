package app.veza.event.notification;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.WEBHOOK;

import app.veza.event.Personal;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * A webhook is told of other things, elsewhere, or described otherwise: all of it as it is from here on.
 *
 * @param types what it is told of, each once
 * @param url that it is sent to
 * @param description in the person's words, if it has any
 */
@Event(namespace = "notification", name = "WebhookChanged", version = "1")
public record WebhookChanged(
        @EventTag(key = WEBHOOK) UUID webhookId,
        @EventTag(key = PERSON) UUID personId,
        List<WebhookType> types,
        @Personal String url,
        @Personal @Nullable String description)
        implements NotificationEvent {

    /** Without what is personal or secret: it may end in a log line. */
    @Override
    public String toString() {
        return "WebhookChanged[webhookId=%s, personId=%s, types=%s]".formatted(webhookId, personId, types);
    }
}
