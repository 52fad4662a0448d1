package app.veza.event.streaming;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.STREAM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * Segments of a stream are in object storage; several in one event, so that a stream costs the log little.
 *
 * @param firstSegment number of the first of them, from 0 over the whole stream
 * @param segments how many, following each other
 * @param durationMillis of all of them together
 * @param bytes of all renditions together
 * @param loudness integrated over them, in LUFS; absent in silence
 * @param silentMillis of which nothing was to be heard
 */
@Event(namespace = "streaming", name = "SegmentsStored", version = "1")
public record SegmentsStored(
        @EventTag(key = STREAM) UUID streamId,
        @EventTag(key = PERSON) UUID broadcasterId,
        int firstSegment,
        int segments,
        int durationMillis,
        long bytes,
        @Nullable Double loudness,
        int silentMillis)
        implements StreamingEvent {}
