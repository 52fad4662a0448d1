package app.veza.projection.analytics.streams;

import app.veza.event.EventTags;
import app.veza.event.streaming.ListenerJoined;
import app.veza.event.streaming.ListenerLeft;
import app.veza.event.streaming.RecordingDeleted;
import app.veza.event.streaming.RecordingReady;
import app.veza.event.streaming.SegmentsStored;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamInterrupted;
import app.veza.event.streaming.StreamResumed;
import app.veza.event.streaming.StreamStopped;
import app.veza.event.streaming.StreamWentLive;
import app.veza.projection.rows.Batch;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.Slicing;
import app.veza.projectionengine.SqlProjection;
import app.veza.projectionengine.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;

/** Dimension of live audio streams; facts: when each was on the air, and who listened for how long. */
public final class StreamFactsProjection implements SqlProjection {

    @Override
    public String name() {
        return "stream_facts";
    }

    @Override
    public int version() {
        return 3;
    }

    @Override
    public Target target() {
        return Target.ANALYTICS;
    }

    @Override
    public String tables() {
        return "readmodel/stream_facts/tables.sql";
    }

    @Override
    public String views() {
        return "readmodel/stream_facts/views.sql";
    }

    @Override
    public boolean readsPersonal() {
        return false;
    }

    @Override
    public Set<String> eventTypes() {
        return Batch.types(
                StreamCreated.class,
                StreamWentLive.class,
                StreamInterrupted.class,
                StreamResumed.class,
                SegmentsStored.class,
                StreamStopped.class,
                RecordingReady.class,
                RecordingDeleted.class,
                ListenerJoined.class,
                ListenerLeft.class);
    }

    @Override
    public Optional<Slicing> slicing() {
        return Optional.of(Slicing.by(EventTags.STREAM, "stream_id"));
    }

    @Override
    public void apply(DSLContext tx, List<Recorded<?>> batch) {
        StreamChanges streams = new StreamChanges();
        SessionChanges sessions = new SessionChanges();
        ListeningChanges listening = new ListeningChanges();
        for (Recorded<?> recorded : batch) {
            streams.fold(recorded);
            sessions.fold(recorded);
            listening.fold(recorded);
        }
        streams.write(tx);
        sessions.write(tx);
        listening.write(tx);
    }
}
