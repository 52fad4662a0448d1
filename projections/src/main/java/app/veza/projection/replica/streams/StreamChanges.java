package app.veza.projection.replica.streams;

import static app.veza.projection.jooq.streams.Tables.STREAM;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.when;

import app.veza.event.Erased;
import app.veza.event.streaming.RecordingReady;
import app.veza.event.streaming.SegmentsStored;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamDescribed;
import app.veza.projection.rows.Names;
import app.veza.projection.rows.Rows;
import app.veza.projectionengine.Recorded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** What a batch does to streams' own rows, summed up so that each is written once. What has ended stays ended. */
final class StreamChanges {

    /** Of a batch: whether it tells of a recording at all, be it that there is none any more. */
    private static final Field<Boolean> OF_RECORDING = field(name("of_recording"), SQLDataType.BOOLEAN);

    /** Null, and 0, where the batch says nothing. */
    private static final class Change {
        private @Nullable String state;
        private @Nullable Instant startedAt;
        private @Nullable Instant endedAt;
        private @Nullable StreamDescribed described;
        private boolean ofRecording;
        private @Nullable RecordingReady recording;
        private @Nullable Instant recordedAt;
        private int segments;
        private long storedMillis;
        private long storedBytes;
    }

    private final List<Recorded<StreamCreated>> created = new ArrayList<>();
    private final Map<UUID, Change> changes = new TreeMap<>();
    private final Set<UUID> erased = new LinkedHashSet<>();

    void created(Recorded<?> recorded, StreamCreated stream) {
        created.add(new Recorded<>(recorded.position(), recorded.timestamp(), stream));
    }

    void wentLive(UUID stream, Instant at) {
        became(stream, "live");
        Change change = of(stream);
        change.startedAt = change.startedAt == null ? at : change.startedAt;
    }

    void became(UUID stream, String state) {
        Change change = of(stream);
        change.state = change.endedAt == null ? state : change.state;
    }

    void stopped(UUID stream, Instant at) {
        Change change = of(stream);
        change.state = "ended";
        change.endedAt = change.endedAt == null ? at : change.endedAt;
    }

    void described(StreamDescribed stream) {
        of(stream.streamId()).described = stream;
    }

    void stored(SegmentsStored stored) {
        Change change = of(stored.streamId());
        change.segments += stored.segments();
        change.storedMillis += stored.durationMillis();
        change.storedBytes += stored.bytes();
    }

    void recorded(RecordingReady recording, Instant at) {
        Change change = of(recording.streamId());
        change.ofRecording = true;
        change.recording = recording;
        change.recordedAt = at;
    }

    void recordingDeleted(UUID stream) {
        Change change = of(stream);
        change.ofRecording = true;
        change.recording = null;
        change.recordedAt = null;
    }

    /** With a person goes what was recorded of them, and what they wrote: what comes of it afterwards is passed over. */
    void erased(UUID person) {
        erased.add(person);
    }

    private Change of(UUID stream) {
        return changes.computeIfAbsent(stream, id -> new Change());
    }

    void apply(DSLContext tx) {
        create(tx);
        if (!changes.isEmpty()) {
            change(tx);
        }
        if (!erased.isEmpty()) {
            tx.update(STREAM)
                    .set(STREAM.TITLE, Erased.TEXT)
                    .set(STREAM.DESCRIPTION, ifAny(STREAM.DESCRIPTION))
                    .set(STREAM.NOW_PLAYING, ifAny(STREAM.NOW_PLAYING))
                    .setNull(STREAM.RECORDING_MILLIS)
                    .setNull(STREAM.RECORDING_BYTES)
                    .setNull(STREAM.RECORDED_AT)
                    .where(Rows.of(erased)
                            .with(STREAM.BROADCASTER_ID, person -> person)
                            .matches())
                    .execute();
        }
    }

    private void create(DSLContext tx) {
        Rows.of(created)
                .with(STREAM.STREAM_ID, stream -> stream.event().streamId())
                .with(STREAM.BROADCASTER_ID, stream -> stream.event().broadcasterId())
                .with(STREAM.TITLE, stream -> stream.event().title())
                .with(STREAM.DESCRIPTION, stream -> stream.event().description())
                .with(STREAM.VISIBILITY, stream -> Names.of(stream.event().visibility()))
                .with(STREAM.RECORD, stream -> stream.event().record())
                .with(STREAM.STATE, stream -> "created")
                .with(STREAM.CREATED_POSITION, Recorded::position)
                .with(STREAM.CREATED_AT, Recorded::timestamp)
                .insertInto(tx, STREAM);
    }

    private void change(DSLContext tx) {
        Table<Record> rows = Rows.of(changes.entrySet())
                .with(STREAM.STREAM_ID, Map.Entry::getKey)
                .with(STREAM.STATE, entry -> entry.getValue().state)
                .with(STREAM.STARTED_AT, entry -> entry.getValue().startedAt)
                .with(STREAM.ENDED_AT, entry -> entry.getValue().endedAt)
                .with(STREAM.TITLE, entry -> title(entry.getValue().described))
                .with(STREAM.DESCRIPTION, entry -> description(entry.getValue().described))
                .with(STREAM.NOW_PLAYING, entry -> nowPlaying(entry.getValue().described))
                .with(OF_RECORDING, entry -> entry.getValue().ofRecording)
                .with(STREAM.RECORDING_MILLIS, entry -> recordingMillis(entry.getValue().recording))
                .with(STREAM.RECORDING_BYTES, entry -> recordingBytes(entry.getValue().recording))
                .with(STREAM.RECORDED_AT, entry -> entry.getValue().recordedAt)
                .with(STREAM.SEGMENTS, entry -> entry.getValue().segments)
                .with(STREAM.STORED_MILLIS, entry -> entry.getValue().storedMillis)
                .with(STREAM.STORED_BYTES, entry -> entry.getValue().storedBytes)
                .asTable();
        Condition hasEnded = STREAM.ENDED_AT.isNotNull();
        Condition isDescribed = rows.field(STREAM.TITLE).isNotNull();
        // One that was ready when its broadcaster went may be told of afterwards
        Condition ofRecording = rows.field(OF_RECORDING)
                .isTrue()
                .and(STREAM.TITLE
                        .ne(Erased.TEXT)
                        .or(rows.field(STREAM.RECORDED_AT).isNull()));
        tx.update(STREAM)
                .set(
                        STREAM.STATE,
                        when(hasEnded, STREAM.STATE).otherwise(coalesce(rows.field(STREAM.STATE), STREAM.STATE)))
                .set(STREAM.STARTED_AT, coalesce(STREAM.STARTED_AT, rows.field(STREAM.STARTED_AT)))
                .set(STREAM.ENDED_AT, coalesce(STREAM.ENDED_AT, rows.field(STREAM.ENDED_AT)))
                .set(STREAM.TITLE, coalesce(rows.field(STREAM.TITLE), STREAM.TITLE))
                .set(STREAM.DESCRIPTION, either(isDescribed, rows, STREAM.DESCRIPTION))
                .set(STREAM.NOW_PLAYING, either(isDescribed, rows, STREAM.NOW_PLAYING))
                .set(STREAM.RECORDING_MILLIS, either(ofRecording, rows, STREAM.RECORDING_MILLIS))
                .set(STREAM.RECORDING_BYTES, either(ofRecording, rows, STREAM.RECORDING_BYTES))
                .set(STREAM.RECORDED_AT, either(ofRecording, rows, STREAM.RECORDED_AT))
                .set(STREAM.SEGMENTS, STREAM.SEGMENTS.plus(rows.field(STREAM.SEGMENTS)))
                .set(STREAM.STORED_MILLIS, STREAM.STORED_MILLIS.plus(rows.field(STREAM.STORED_MILLIS)))
                .set(STREAM.STORED_BYTES, STREAM.STORED_BYTES.plus(rows.field(STREAM.STORED_BYTES)))
                .from(rows)
                .where(STREAM.STREAM_ID.eq(rows.field(STREAM.STREAM_ID)))
                .execute();
    }

    /** The batch's value, null as it may be, where the condition holds; else what stands. */
    private static <T> Field<T> either(Condition isTold, Table<Record> rows, Field<T> column) {
        return when(isTold, rows.field(column)).otherwise(column);
    }

    /** As it is read of a history that is decoded without the person's key. */
    private static Field<String> ifAny(Field<String> text) {
        return when(text.isNotNull(), Erased.TEXT);
    }

    private static @Nullable String title(@Nullable StreamDescribed described) {
        return described == null ? null : described.title();
    }

    private static @Nullable String description(@Nullable StreamDescribed described) {
        return described == null ? null : described.description();
    }

    private static @Nullable String nowPlaying(@Nullable StreamDescribed described) {
        return described == null ? null : described.nowPlaying();
    }

    private static @Nullable Long recordingMillis(@Nullable RecordingReady recording) {
        return recording == null ? null : (Long) recording.durationMillis();
    }

    private static @Nullable Long recordingBytes(@Nullable RecordingReady recording) {
        return recording == null ? null : (Long) recording.bytes();
    }
}
