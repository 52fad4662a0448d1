package app.veza.event.streaming;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.STREAM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * The broadcaster is back on the same stream.
 *
 * @param silenceMillis what listeners heard of the interruption
 */
@Event(namespace = "streaming", name = "StreamResumed", version = "1")
public record StreamResumed(
        @EventTag(key = STREAM) UUID streamId,
        @EventTag(key = PERSON) UUID broadcasterId,
        int silenceMillis) implements StreamingEvent {}
