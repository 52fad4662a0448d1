package app.veza.event.streaming;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.STREAM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person no longer listens to a stream.
 *
 * @param listeningId that of {@link ListenerJoined}
 * @param listenedMillis between joining and the last sign of listening
 */
@Event(namespace = "streaming", name = "ListenerLeft", version = "1")
public record ListenerLeft(
        @EventTag(key = STREAM) UUID streamId,
        @EventTag(key = PERSON) UUID personId,
        UUID listeningId,
        long listenedMillis,
        Reason reason)
        implements StreamingEvent {

    /** Why it ended. */
    public enum Reason {
        LEFT,
        /** No sign of listening for too long. */
        GONE,
        STREAM_ENDED
    }
}
