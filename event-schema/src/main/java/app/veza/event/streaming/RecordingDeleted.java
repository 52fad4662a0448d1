package app.veza.event.streaming;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.STREAM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** The recording of a stream is gone. */
@Event(namespace = "streaming", name = "RecordingDeleted", version = "1")
public record RecordingDeleted(
        @EventTag(key = STREAM) UUID streamId,
        @EventTag(key = PERSON) UUID broadcasterId,
        UUID deletedBy) implements StreamingEvent {}
