package app.veza.event.streaming;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.STREAM;

import app.veza.event.Personal;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * A broadcaster opened a stream; nothing is heard yet.
 *
 * @param title 1-80 characters
 * @param record whether a recording is kept after the end
 */
@Event(namespace = "streaming", name = "StreamCreated", version = "2")
public record StreamCreated(
        @EventTag(key = STREAM) UUID streamId,
        @EventTag(key = PERSON) UUID broadcasterId,
        @Personal(subject = "broadcasterId") String title,
        @Personal(subject = "broadcasterId") @Nullable String description,
        Visibility visibility,
        boolean record)
        implements StreamingEvent {}
