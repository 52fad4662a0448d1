package app.veza.projection.analytics.streams;

import static app.veza.projection.jooq.stream_facts.Tables.STREAM;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import app.veza.event.streaming.RecordingDeleted;
import app.veza.event.streaming.RecordingReady;
import app.veza.event.streaming.SegmentsStored;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamStopped;
import app.veza.projection.rows.Names;
import app.veza.projection.rows.Rows;
import app.veza.projectionengine.Recorded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** What a batch says about streams, folded to one change each. */
final class StreamChanges {

    private static final Field<Boolean> RECORDING_TOLD = field("recording_told", SQLDataType.BOOLEAN);

    private static final class Change {
        private @Nullable Long endedPosition;
        private @Nullable Instant ended;
        private long segments;
        private long storedMillis;
        private long storedBytes;
        private long silentMillis;
        private boolean recordingTold;
        private @Nullable Long recordingMillis;
        private @Nullable Long recordingBytes;

        void recording(@Nullable Long millis, @Nullable Long bytes) {
            recordingTold = true;
            recordingMillis = millis;
            recordingBytes = bytes;
        }
    }

    private final List<Recorded<StreamCreated>> created = new ArrayList<>();
    private final Map<UUID, Change> changes = new LinkedHashMap<>();

    void fold(Recorded<?> recorded) {
        switch (recorded.event()) {
            case StreamCreated stream -> created.add(new Recorded<>(recorded.position(), recorded.timestamp(), stream));
            case StreamStopped stream -> {
                Change change = of(stream.streamId());
                change.endedPosition = recorded.position();
                change.ended = recorded.timestamp();
            }
            case SegmentsStored stored -> {
                Change change = of(stored.streamId());
                change.segments += stored.segments();
                change.storedMillis += stored.durationMillis();
                change.storedBytes += stored.bytes();
                change.silentMillis += stored.silentMillis();
            }
            case RecordingReady ready -> of(ready.streamId()).recording(ready.durationMillis(), ready.bytes());
            case RecordingDeleted deleted -> of(deleted.streamId()).recording(null, null);
            default -> {}
        }
    }

    private Change of(UUID stream) {
        return changes.computeIfAbsent(stream, any -> new Change());
    }

    void write(DSLContext tx) {
        Rows.of(created)
                .with(STREAM.STREAM_ID, stream -> stream.event().streamId())
                .with(STREAM.POSITION, Recorded::position)
                .with(STREAM.BROADCASTER_ID, stream -> stream.event().broadcasterId())
                .with(STREAM.VISIBILITY, stream -> Names.of(stream.event().visibility()))
                .with(STREAM.RECORDED, stream -> stream.event().record())
                .with(STREAM.CREATED_AT, Recorded::timestamp)
                .insertInto(tx, STREAM);
        if (!changes.isEmpty()) {
            change(tx);
        }
    }

    private void change(DSLContext tx) {
        Table<Record> batch = Rows.of(changes.entrySet())
                .with(STREAM.STREAM_ID, Map.Entry::getKey)
                .with(STREAM.ENDED_POSITION, change -> change.getValue().endedPosition)
                .with(STREAM.ENDED_AT, change -> change.getValue().ended)
                .with(STREAM.SEGMENTS, change -> change.getValue().segments)
                .with(STREAM.STORED_MILLIS, change -> change.getValue().storedMillis)
                .with(STREAM.STORED_BYTES, change -> change.getValue().storedBytes)
                .with(STREAM.SILENT_MILLIS, change -> change.getValue().silentMillis)
                .with(RECORDING_TOLD, change -> change.getValue().recordingTold)
                .with(STREAM.RECORDING_MILLIS, change -> change.getValue().recordingMillis)
                .with(STREAM.RECORDING_BYTES, change -> change.getValue().recordingBytes)
                .asTable();
        tx.update(STREAM)
                .set(STREAM.ENDED_POSITION, coalesce(batch.field(STREAM.ENDED_POSITION), STREAM.ENDED_POSITION))
                .set(STREAM.ENDED_AT, coalesce(batch.field(STREAM.ENDED_AT), STREAM.ENDED_AT))
                .set(STREAM.SEGMENTS, sum(STREAM.SEGMENTS, batch))
                .set(STREAM.STORED_MILLIS, sum(STREAM.STORED_MILLIS, batch))
                .set(STREAM.STORED_BYTES, sum(STREAM.STORED_BYTES, batch))
                .set(STREAM.SILENT_MILLIS, sum(STREAM.SILENT_MILLIS, batch))
                .set(STREAM.RECORDING_MILLIS, ifTold(STREAM.RECORDING_MILLIS, batch))
                .set(STREAM.RECORDING_BYTES, ifTold(STREAM.RECORDING_BYTES, batch))
                .from(batch)
                .where(STREAM.STREAM_ID.eq(batch.field(STREAM.STREAM_ID)))
                .execute();
    }

    private static Field<Long> sum(TableField<?, Long> measure, Table<Record> batch) {
        return measure.plus(batch.field(measure));
    }

    /** A recording that was deleted is told of, too: as none. */
    private static Field<Long> ifTold(TableField<?, Long> measure, Table<Record> batch) {
        return when(batch.field(RECORDING_TOLD).eq(inline(true)), batch.field(measure))
                .otherwise(measure);
    }
}
