package app.veza.event.notification;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.WEBHOOK;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** A webhook is told nothing more, until it is enabled again. */
@Event(namespace = "notification", name = "WebhookDisabled", version = "1")
public record WebhookDisabled(
        @EventTag(key = WEBHOOK) UUID webhookId,
        @EventTag(key = PERSON) UUID personId,
        Cause cause) implements NotificationEvent {

    /** Why. */
    public enum Cause {
        /** Its person wants it so. */
        BY_OWNER,
        /** It answered 410. */
        GONE,
        /** It took nothing in ten attempts on end, or far less than happens. */
        FAILING
    }
}
