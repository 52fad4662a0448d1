package app.veza.projection.analytics.streams;

import static app.veza.projection.jooq.stream_facts.Tables.SESSION;

import app.veza.event.streaming.StreamInterrupted;
import app.veza.event.streaming.StreamResumed;
import app.veza.event.streaming.StreamStopped;
import app.veza.event.streaming.StreamWentLive;
import app.veza.projection.rows.Rows;
import app.veza.projectionengine.Recorded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** Times on the air of a batch; a stream has at most one that goes on. */
final class SessionChanges {

    private static final class Session {
        private final UUID stream;
        private final long position;
        private final Instant started;
        private @Nullable Long endedPosition;
        private @Nullable Instant ended;

        Session(UUID stream, Recorded<?> start) {
            this.stream = stream;
            this.position = start.position();
            this.started = start.timestamp();
        }
    }

    private final List<Session> begun = new ArrayList<>();
    private final Map<UUID, Session> goingOn = new HashMap<>();
    /** Of sessions that began in an earlier batch, if there is one: a stream may also end while it is interrupted. */
    private final Map<UUID, Recorded<?>> ends = new HashMap<>();

    void fold(Recorded<?> recorded) {
        switch (recorded.event()) {
            case StreamWentLive live -> begin(live.streamId(), recorded);
            case StreamResumed resumed -> begin(resumed.streamId(), recorded);
            case StreamInterrupted interrupted -> end(interrupted.streamId(), recorded);
            case StreamStopped stopped -> end(stopped.streamId(), recorded);
            default -> {}
        }
    }

    private void begin(UUID stream, Recorded<?> start) {
        Session session = new Session(stream, start);
        begun.add(session);
        goingOn.put(stream, session);
    }

    private void end(UUID stream, Recorded<?> end) {
        Session session = goingOn.remove(stream);
        if (session == null) {
            // the first one ends what went on before the batch, any later one ends nothing
            ends.putIfAbsent(stream, end);
        } else {
            session.endedPosition = end.position();
            session.ended = end.timestamp();
        }
    }

    void write(DSLContext tx) {
        if (!ends.isEmpty()) {
            end(tx);
        }
        Rows.of(begun)
                .with(SESSION.STREAM_ID, session -> session.stream)
                .with(SESSION.POSITION, session -> session.position)
                .with(SESSION.STARTED_AT, session -> session.started)
                .with(SESSION.ENDED_POSITION, session -> session.endedPosition)
                .with(SESSION.ENDED_AT, session -> session.ended)
                .insertInto(tx, SESSION);
    }

    private void end(DSLContext tx) {
        Table<Record> batch = Rows.of(ends.entrySet())
                .with(SESSION.STREAM_ID, Map.Entry::getKey)
                .with(SESSION.ENDED_POSITION, end -> end.getValue().position())
                .with(SESSION.ENDED_AT, end -> end.getValue().timestamp())
                .asTable();
        tx.update(SESSION)
                .set(SESSION.ENDED_POSITION, batch.field(SESSION.ENDED_POSITION))
                .set(SESSION.ENDED_AT, batch.field(SESSION.ENDED_AT))
                .from(batch)
                .where(SESSION.STREAM_ID.eq(batch.field(SESSION.STREAM_ID)))
                .and(SESSION.ENDED_POSITION.isNull())
                .execute();
    }
}
