package app.veza.server.gateway;

import app.veza.event.streaming.GuestRemoved;
import app.veza.query.shape.LiveStream;
import app.veza.query.shape.Person;
import app.veza.query.streaming.streams.StreamLinks;
import app.veza.server.streaming.StreamState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How what becomes of a stream is told: by the stream as it is then, in the shape that it has over HTTP. */
final class StreamFrames {

    private final Function<UUID, Optional<StreamState>> streams;
    private final People people;
    private final StreamLinks links;
    private final JsonMapper json;

    /** @param streams as they are */
    StreamFrames(Function<UUID, Optional<StreamState>> streams, People people, StreamLinks links, JsonMapper json) {
        this.streams = streams;
        this.people = people;
        this.links = links;
        this.json = json;
    }

    private record StreamFrame(String type, long position, UUID streamId, LiveStream stream) {}

    /** No history, so without a position. */
    private record ListenersFrame(String type, UUID streamId, int listeners, int peakListeners) {}

    /** @param reason {@code left} or {@code removed} */
    private record UnsubscribedFrame(String type, UUID streamId, String reason) {}

    /** Empty when the log has no such stream. */
    Optional<byte[]> of(StreamEvent event) {
        return stream(event.streamId())
                .map(stream -> new StreamFrame(event.type(), event.position(), event.streamId(), stream))
                .map(json::writeValueAsBytes);
    }

    Optional<byte[]> listeners(UUID streamId) {
        return streams.apply(streamId)
                .map(state ->
                        new ListenersFrame("stream.listeners", streamId, state.listeners(), state.peakListeners()))
                .map(json::writeValueAsBytes);
    }

    /** For the one who is no guest any more: nothing follows of this stream. */
    byte[] unsubscribed(GuestRemoved removed) {
        return json.writeValueAsBytes(new UnsubscribedFrame(
                "stream.unsubscribed",
                removed.streamId(),
                removed.removedBy().equals(removed.personId()) ? "left" : "removed"));
    }

    Optional<LiveStream> stream(UUID streamId) {
        return streams.apply(streamId)
                .flatMap(state -> people.of(state.broadcasterId()).map(broadcaster -> shape(state, broadcaster)));
    }

    boolean isPrivate(UUID streamId) {
        return streams.apply(streamId).filter(state -> !state.isPublic()).isPresent();
    }

    private LiveStream shape(StreamState state, Person broadcaster) {
        return new LiveStream(
                state.id(),
                state.title(),
                state.description(),
                broadcaster,
                state.phase().name().toLowerCase(Locale.ROOT),
                asDatabasesKeepIt(state.startedAt()),
                asDatabasesKeepIt(state.endedAt()),
                state.listeners(),
                state.peakListeners(),
                state.nowPlaying(),
                state.endedAt() != null || !state.isPublic() ? null : links.live(state.id()),
                // Of a private stream it is signed for each, and frames are the same for all
                state.recordedAt() == null || !state.isPublic() ? null : links.recording(state.id()));
    }

    /** Cut to microseconds, as projectors write it: what is pushed and what is read of one stream must be equal. */
    private static @Nullable Instant asDatabasesKeepIt(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS);
    }
}
