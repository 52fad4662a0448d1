package app.veza.event.streaming;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.STREAM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * The recording of an ended stream can be played.
 *
 * @param durationMillis of the recording
 * @param bytes of the one file
 */
@Event(namespace = "streaming", name = "RecordingReady", version = "1")
public record RecordingReady(
        @EventTag(key = STREAM) UUID streamId,
        @EventTag(key = PERSON) UUID broadcasterId,
        long durationMillis,
        long bytes)
        implements StreamingEvent {}
