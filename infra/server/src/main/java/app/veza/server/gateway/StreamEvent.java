package app.veza.server.gateway;

import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.GuestRemoved;
import app.veza.event.streaming.RecordingDeleted;
import app.veza.event.streaming.RecordingReady;
import app.veza.event.streaming.StreamDescribed;
import app.veza.event.streaming.StreamInterrupted;
import app.veza.event.streaming.StreamResumed;
import app.veza.event.streaming.StreamStopped;
import app.veza.event.streaming.StreamWentLive;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What those who follow a stream are told of. All of it is told by the stream as it is then.
 *
 * @param type of the frame
 */
record StreamEvent(long position, UUID streamId, String type) {

    /** Names of the events that matter to those who follow a stream, as they stand in the log. */
    static final Set<String> TYPES = Stream.<Class<? extends VezaEvent>>of(
                    StreamWentLive.class,
                    StreamInterrupted.class,
                    StreamResumed.class,
                    StreamDescribed.class,
                    StreamStopped.class,
                    RecordingReady.class,
                    RecordingDeleted.class,
                    GuestRemoved.class)
            .map(EventTypes::nameOf)
            .collect(Collectors.toUnmodifiableSet());

    static final String UPDATED = "stream.updated";

    /** @param payload of any event of the log */
    static Optional<StreamEvent> of(long position, @Nullable Object payload) {
        return Optional.ofNullable(
                switch (payload) {
                    case StreamWentLive e -> new StreamEvent(position, e.streamId(), "stream.started");
                    case StreamStopped e -> new StreamEvent(position, e.streamId(), "stream.stopped");
                    case StreamInterrupted e -> new StreamEvent(position, e.streamId(), UPDATED);
                    case StreamResumed e -> new StreamEvent(position, e.streamId(), UPDATED);
                    case StreamDescribed e -> new StreamEvent(position, e.streamId(), UPDATED);
                    case RecordingReady e -> new StreamEvent(position, e.streamId(), UPDATED);
                    case RecordingDeleted e -> new StreamEvent(position, e.streamId(), UPDATED);
                    case null, default -> null;
                });
    }

    static String topic(UUID streamId) {
        return "stream:" + streamId;
    }

    String topic() {
        return topic(streamId);
    }
}
