package app.veza.event.streaming;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.STREAM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * The first audio of a stream arrived: it can be heard from here on.
 *
 * @param contentType of what the broadcaster sends, such as {@code audio/webm}
 */
@Event(namespace = "streaming", name = "StreamWentLive", version = "1")
public record StreamWentLive(
        @EventTag(key = STREAM) UUID streamId,
        @EventTag(key = PERSON) UUID broadcasterId,
        String contentType) implements StreamingEvent {}
