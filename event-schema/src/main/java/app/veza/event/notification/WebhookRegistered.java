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
 * A person wants an address of theirs to be told what happens: in a room, or to streams of their own.
 *
 * @param personId whose it is
 * @param roomId absent for streams
 * @param types what it is told of, each once
 * @param url that it is sent to
 * @param description in the person's words, if they gave any
 * @param secret that deliveries are signed with: {@code whsec_} and 32 bytes in base64
 */
@Event(namespace = "notification", name = "WebhookRegistered", version = "1")
public record WebhookRegistered(
        @EventTag(key = WEBHOOK) UUID webhookId,
        @EventTag(key = PERSON) UUID personId,
        @Nullable UUID roomId,
        List<WebhookType> types,
        @Personal String url,
        @Personal @Nullable String description,
        @Personal String secret)
        implements NotificationEvent {

    /** Without what is personal or secret: it may end in a log line. */
    @Override
    public String toString() {
        return "WebhookRegistered[webhookId=%s, personId=%s, roomId=%s, types=%s]"
                .formatted(webhookId, personId, roomId, types);
    }
}
