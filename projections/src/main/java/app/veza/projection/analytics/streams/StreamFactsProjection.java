package app.veza.projection.analytics.streams;

import static app.veza.projection.jooq.stream_facts.Tables.STREAM;

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

/** Fact: one row for each live audio stream, completed when it ends. */
public final class StreamFactsProjection implements SqlProjection {

    @Override
    public String name() {
        return "stream_facts";
    }

    @Override
    public int version() {
        return 1;
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
    public Set<String> eventTypes() {
        return Batch.types(StreamCreated.class, StreamStopped.class);
    }

    /** A stream is created once and ends after that, so creations before ends keep the order that matters. */
    @Override
    public void apply(DSLContext tx, List<Recorded<?>> batch) {
        Rows.of(Batch.only(StreamCreated.class, batch))
                .with(STREAM.STREAM_ID, stream -> stream.event().streamId())
                .with(STREAM.POSITION, Recorded::position)
                .with(STREAM.BROADCASTER_ID, stream -> stream.event().broadcasterId())
                .with(STREAM.VISIBILITY, stream -> Names.of(stream.event().visibility()))
                .with(STREAM.RECORDED, stream -> stream.event().record())
                .with(STREAM.CREATED_AT, Recorded::timestamp)
                .insertInto(tx, STREAM);
        end(tx, Batch.only(StreamStopped.class, batch));
    }

    private static void end(DSLContext tx, List<Recorded<StreamStopped>> stopped) {
        if (stopped.isEmpty()) {
            return;
        }
        Table<Record> ends = Rows.of(stopped)
                .with(STREAM.STREAM_ID, stream -> stream.event().streamId())
                .with(STREAM.ENDED_POSITION, Recorded::position)
                .with(STREAM.ENDED_AT, Recorded::timestamp)
                .asTable();
        tx.update(STREAM)
                .set(STREAM.ENDED_POSITION, ends.field(STREAM.ENDED_POSITION))
                .set(STREAM.ENDED_AT, ends.field(STREAM.ENDED_AT))
                .from(ends)
                .where(STREAM.STREAM_ID.eq(ends.field(STREAM.STREAM_ID)))
                .execute();
    }
}
