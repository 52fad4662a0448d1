package app.veza.event.streaming;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.STREAM;

import app.veza.event.Personal;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * The broadcaster changed what is told about a stream; all of it as it is now.
 *
 * @param title 1-80 characters
 * @param nowPlaying what is heard at the moment
 */
@Event(namespace = "streaming", name = "StreamDescribed", version = "2")
public record StreamDescribed(
        @EventTag(key = STREAM) UUID streamId,
        @EventTag(key = PERSON) UUID broadcasterId,
        @Personal(subject = "broadcasterId") String title,
        @Personal(subject = "broadcasterId") @Nullable String description,
        @Personal(subject = "broadcasterId") @Nullable String nowPlaying)
        implements StreamingEvent {}
