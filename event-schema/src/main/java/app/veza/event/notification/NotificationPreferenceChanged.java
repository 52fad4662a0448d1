package app.veza.event.notification;

import static app.veza.event.EventTags.PERSON;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** A person wants, or no longer wants, one kind of notification on one channel. */
@Event(namespace = "notification", name = "NotificationPreferenceChanged", version = "1")
public record NotificationPreferenceChanged(
        @EventTag(key = PERSON) UUID personId, NotificationKind kind, NotificationChannel channel, boolean wanted)
        implements NotificationEvent {}
