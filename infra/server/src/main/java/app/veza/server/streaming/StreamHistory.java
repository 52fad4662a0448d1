package app.veza.server.streaming;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;

import app.veza.command.History;
import app.veza.command.History.Dated;
import app.veza.event.EventTags;
import app.veza.event.streaming.StreamCreated;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Streams as this node's index of the log has them, for who does not follow them. */
public final class StreamHistory {

    private final History history;

    public StreamHistory(History history) {
        this.history = history;
    }

    /** Empty when the log has no such stream. */
    public Optional<StreamState> state(UUID streamId) {
        TrackedStream stream = null;
        for (Dated dated : history.readDated(events(tag(EventTags.STREAM, streamId), LiveStreams.OF_A_STREAM))) {
            stream = after(stream, dated);
        }
        return Optional.ofNullable(stream).map(TrackedStream::state);
    }

    private static @Nullable TrackedStream after(@Nullable TrackedStream stream, Dated dated) {
        if (dated.event() instanceof StreamCreated created) {
            return new TrackedStream(created, 0, dated.at());
        }
        if (stream != null) {
            stream.apply(dated.event(), 0, dated.at());
        }
        return stream;
    }
}
