package app.veza.event.streaming;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.STREAM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** The broadcaster's connection was lost: listeners hear silence until it is back, or the stream ends. */
@Event(namespace = "streaming", name = "StreamInterrupted", version = "1")
public record StreamInterrupted(
        @EventTag(key = STREAM) UUID streamId,
        @EventTag(key = PERSON) UUID broadcasterId) implements StreamingEvent {}
