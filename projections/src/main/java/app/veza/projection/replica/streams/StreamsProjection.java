package app.veza.projection.replica.streams;

import static app.veza.projection.jooq.streams.Tables.STREAM;
import static org.jooq.impl.DSL.val;

import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamStopped;
import app.veza.projection.rows.Batch;
import app.veza.projection.rows.Names;
import app.veza.projection.rows.Rows;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.SqlProjection;
import app.veza.projectionengine.Target;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;

/** Live audio streams and the state they are in. */
public final class StreamsProjection implements SqlProjection {

    @Override
    public String name() {
        return "streams";
    }

    @Override
    public int version() {
        return 1;
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
        return Batch.types(StreamCreated.class, StreamStopped.class);
    }

    /** A stream is created once and ends after that, so creations before ends keep the order that matters. */
    @Override
    public void apply(DSLContext tx, List<Recorded<?>> batch) {
        create(tx, Batch.only(StreamCreated.class, batch));
        stop(tx, Batch.only(StreamStopped.class, batch));
    }

    private static void create(DSLContext tx, List<Recorded<StreamCreated>> created) {
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

    private static void stop(DSLContext tx, List<Recorded<StreamStopped>> stopped) {
        if (stopped.isEmpty()) {
            return;
        }
        Table<Record> ends = Rows.of(stopped)
                .with(STREAM.STREAM_ID, stream -> stream.event().streamId())
                .with(STREAM.ENDED_AT, Recorded::timestamp)
                .asTable();
        tx.update(STREAM)
                .set(STREAM.STATE, val("ended"))
                .set(STREAM.ENDED_AT, ends.field(STREAM.ENDED_AT))
                .from(ends)
                .where(STREAM.STREAM_ID.eq(ends.field(STREAM.STREAM_ID)))
                .execute();
    }
}
