package app.veza.projection.replica.streams;

import static app.veza.projection.jooq.streams.Tables.SEGMENT;

import app.veza.event.EventTags;
import app.veza.event.identity.PersonErased;
import app.veza.event.streaming.GuestInvited;
import app.veza.event.streaming.GuestRemoved;
import app.veza.event.streaming.ListenerJoined;
import app.veza.event.streaming.ListenerLeft;
import app.veza.event.streaming.RecordingDeleted;
import app.veza.event.streaming.RecordingReady;
import app.veza.event.streaming.SegmentsStored;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamDescribed;
import app.veza.event.streaming.StreamInterrupted;
import app.veza.event.streaming.StreamResumed;
import app.veza.event.streaming.StreamStopped;
import app.veza.event.streaming.StreamWentLive;
import app.veza.projection.rows.Batch;
import app.veza.projection.rows.Rows;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.Slicing;
import app.veza.projectionengine.SqlProjection;
import app.veza.projectionengine.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;

/** Live audio streams: their state, who listens and may, what is stored of them. */
public final class StreamsProjection implements SqlProjection {

    @Override
    public String name() {
        return "streams";
    }

    @Override
    public int version() {
        return 4;
    }

    @Override
    public Target target() {
        return Target.PRIMARY;
    }

    @Override
    public String tables() {
        return "readmodel/streams/tables.sql";
    }

    @Override
    public String views() {
        return "readmodel/streams/views.sql";
    }

    @Override
    public Set<String> eventTypes() {
        return Batch.types(
                StreamCreated.class,
                StreamWentLive.class,
                StreamInterrupted.class,
                StreamResumed.class,
                StreamDescribed.class,
                StreamStopped.class,
                SegmentsStored.class,
                RecordingReady.class,
                RecordingDeleted.class,
                ListenerJoined.class,
                ListenerLeft.class,
                GuestInvited.class,
                GuestRemoved.class,
                PersonErased.class);
    }

    @Override
    public Optional<Slicing> slicing() {
        return Optional.of(Slicing.by(EventTags.STREAM, "stream_id").withEverywhere(Batch.types(PersonErased.class)));
    }

    @Override
    public void apply(DSLContext tx, List<Recorded<?>> batch) {
        StreamChanges streams = new StreamChanges();
        Audience audience = new Audience();
        GuestChanges guests = new GuestChanges();
        for (Recorded<?> recorded : batch) {
            switch (recorded.event()) {
                case StreamCreated stream -> streams.created(recorded, stream);
                case StreamWentLive live -> streams.wentLive(live.streamId(), recorded.timestamp());
                case StreamInterrupted stream -> streams.became(stream.streamId(), "interrupted");
                case StreamResumed stream -> streams.became(stream.streamId(), "live");
                case StreamDescribed stream -> streams.described(stream);
                case StreamStopped stream -> streams.stopped(stream.streamId(), recorded.timestamp());
                case SegmentsStored segments -> streams.stored(segments);
                case RecordingReady recording -> streams.recorded(recording, recorded.timestamp());
                case RecordingDeleted recording -> streams.recordingDeleted(recording.streamId());
                case ListenerJoined listener -> audience.joined(recorded, listener);
                case ListenerLeft listener -> audience.left(listener);
                case GuestInvited guest -> guests.invited(guest, recorded.position());
                case GuestRemoved guest -> guests.removed(guest);
                case PersonErased person -> streams.erased(person.personId());
                default -> throw new IllegalArgumentException("Not one of eventTypes: " + recorded.event());
            }
        }
        streams.apply(tx);
        store(tx, Batch.only(SegmentsStored.class, batch));
        audience.apply(tx);
        guests.apply(tx);
    }

    private static void store(DSLContext tx, List<Recorded<SegmentsStored>> stored) {
        Rows.of(stored)
                .with(SEGMENT.STREAM_ID, segments -> segments.event().streamId())
                .with(SEGMENT.FIRST_SEGMENT, segments -> segments.event().firstSegment())
                .with(SEGMENT.SEGMENTS, segments -> segments.event().segments())
                .with(SEGMENT.DURATION_MILLIS, segments -> segments.event().durationMillis())
                .with(SEGMENT.BYTES, segments -> segments.event().bytes())
                .with(SEGMENT.LOUDNESS, segments -> segments.event().loudness())
                .with(SEGMENT.SILENT_MILLIS, segments -> segments.event().silentMillis())
                .with(SEGMENT.POSITION, Recorded::position)
                .with(SEGMENT.STORED_AT, Recorded::timestamp)
                .insertInto(tx, SEGMENT);
    }
}
