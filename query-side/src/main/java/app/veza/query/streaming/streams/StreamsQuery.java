package app.veza.query.streaming.streams;

import static app.veza.query.jooq.view.Tables.PEOPLE;
import static app.veza.query.jooq.view.Tables.STREAMS;
import static app.veza.query.jooq.view.Tables.STREAM_GUESTS;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.selectOne;

import app.veza.query.http.Caller;
import app.veza.query.http.Listing;
import app.veza.query.http.Page;
import app.veza.query.shape.LiveStream;
import app.veza.query.shape.Person;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectOnConditionStep;

/** Streams that one person may see: public ones, their own, and those that they were invited to. */
final class StreamsQuery {

    private static final String ENDED = "ended";

    private final DSLContext sql;
    private final Caller caller;
    private final StreamLinks links;
    private final Condition visible;

    StreamsQuery(DSLContext sql, Caller caller, StreamLinks links) {
        this.sql = sql;
        this.caller = caller;
        this.links = links;
        this.visible = STREAMS.VISIBILITY
                .eq("public")
                .or(STREAMS.BROADCASTER_ID.eq(caller.personId()))
                .or(exists(selectOne()
                        .from(STREAM_GUESTS)
                        .where(STREAM_GUESTS.STREAM_ID.eq(STREAMS.STREAM_ID))
                        .and(STREAM_GUESTS.PERSON_ID.eq(caller.personId()))));
    }

    Optional<LiveStream> one(UUID stream) {
        return streams().where(STREAMS.STREAM_ID.eq(stream)).and(visible).fetchOptional(this::stream);
    }

    /** The newest first. */
    Listing<LiveStream> list(Set<String> states, Page page) {
        List<Record> rows = streams()
                .where(visible)
                .and(STREAMS.STATE.in(states))
                .and(STREAMS.CREATED_POSITION.lt(page.after(Long::valueOf, Long.MAX_VALUE)))
                .orderBy(STREAMS.CREATED_POSITION.desc())
                .limit(page.fetch())
                .fetch();
        return Listing.of(page, rows, row -> row.get(STREAMS.CREATED_POSITION).toString(), this::stream);
    }

    private SelectOnConditionStep<Record> streams() {
        return sql.select(List.of(
                        STREAMS.STREAM_ID,
                        STREAMS.TITLE,
                        STREAMS.DESCRIPTION,
                        STREAMS.BROADCASTER_ID,
                        STREAMS.VISIBILITY,
                        STREAMS.STATE,
                        STREAMS.NOW_PLAYING,
                        STREAMS.LISTENERS,
                        STREAMS.PEAK_LISTENERS,
                        STREAMS.RECORDED_AT,
                        STREAMS.STARTED_AT,
                        STREAMS.ENDED_AT,
                        STREAMS.CREATED_POSITION,
                        PEOPLE.USERNAME,
                        PEOPLE.DISPLAY_NAME))
                .from(STREAMS)
                .join(PEOPLE)
                .on(PEOPLE.PERSON_ID.eq(STREAMS.BROADCASTER_ID));
    }

    private LiveStream stream(Record row) {
        UUID id = row.get(STREAMS.STREAM_ID);
        boolean hasEnded = row.get(STREAMS.STATE).equals(ENDED);
        boolean isPublic = row.get(STREAMS.VISIBILITY).equals("public");
        return new LiveStream(
                id,
                row.get(STREAMS.TITLE),
                row.get(STREAMS.DESCRIPTION),
                new Person(row.get(STREAMS.BROADCASTER_ID), row.get(PEOPLE.USERNAME), row.get(PEOPLE.DISPLAY_NAME)),
                row.get(STREAMS.STATE),
                row.get(STREAMS.STARTED_AT),
                row.get(STREAMS.ENDED_AT),
                hasEnded ? 0 : row.get(STREAMS.LISTENERS),
                row.get(STREAMS.PEAK_LISTENERS),
                hasEnded ? null : row.get(STREAMS.NOW_PLAYING),
                hasEnded || !isPublic ? null : links.live(id),
                row.get(STREAMS.RECORDED_AT) == null ? null : recording(id, isPublic));
    }

    private URI recording(UUID stream, boolean isPublic) {
        return isPublic ? links.recording(stream) : links.recordingFor(caller, stream);
    }
}
