package app.veza.event.streaming;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.STREAM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person may no longer find and hear a private stream.
 *
 * @param removedBy the broadcaster, or the person
 */
@Event(namespace = "streaming", name = "GuestRemoved", version = "1")
public record GuestRemoved(
        @EventTag(key = STREAM) UUID streamId,
        @EventTag(key = PERSON) UUID personId,
        UUID removedBy) implements StreamingEvent {}
