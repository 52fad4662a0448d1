package app.veza.event.streaming;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.STREAM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person began to listen to a stream.
 *
 * @param listeningId this one time: the same person may listen on several devices
 */
@Event(namespace = "streaming", name = "ListenerJoined", version = "1")
public record ListenerJoined(
        @EventTag(key = STREAM) UUID streamId,
        @EventTag(key = PERSON) UUID personId,
        UUID listeningId) implements StreamingEvent {}
