package app.veza.query.streaming.streams;

import static app.veza.query.jooq.view.Tables.PEOPLE;
import static app.veza.query.jooq.view.Tables.STREAMS;

import app.veza.query.http.Listing;
import app.veza.query.http.Page;
import app.veza.query.shape.Person;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectOnConditionStep;

/** Streams that one person may see: public ones and their own. */
final class StreamsQuery {

    private final DSLContext sql;
    private final Condition visible;

    StreamsQuery(DSLContext sql, UUID caller) {
        this.sql = sql;
        this.visible = STREAMS.VISIBILITY.eq("public").or(STREAMS.BROADCASTER_ID.eq(caller));
    }

    Optional<LiveStream> one(UUID stream) {
        return streams().where(STREAMS.STREAM_ID.eq(stream)).and(visible).fetchOptional(StreamsQuery::stream);
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
        return Listing.of(page, rows, row -> row.get(STREAMS.CREATED_POSITION).toString(), StreamsQuery::stream);
    }

    private SelectOnConditionStep<Record> streams() {
        return sql.select(List.of(
                        STREAMS.STREAM_ID,
                        STREAMS.TITLE,
                        STREAMS.DESCRIPTION,
                        STREAMS.BROADCASTER_ID,
                        STREAMS.STATE,
                        STREAMS.STARTED_AT,
                        STREAMS.ENDED_AT,
                        STREAMS.CREATED_POSITION,
                        PEOPLE.USERNAME,
                        PEOPLE.DISPLAY_NAME))
                .from(STREAMS)
                .join(PEOPLE)
                .on(PEOPLE.PERSON_ID.eq(STREAMS.BROADCASTER_ID));
    }

    private static LiveStream stream(Record row) {
        return new LiveStream(
                row.get(STREAMS.STREAM_ID),
                row.get(STREAMS.TITLE),
                row.get(STREAMS.DESCRIPTION),
                new Person(row.get(STREAMS.BROADCASTER_ID), row.get(PEOPLE.USERNAME), row.get(PEOPLE.DISPLAY_NAME)),
                row.get(STREAMS.STATE),
                row.get(STREAMS.STARTED_AT),
                row.get(STREAMS.ENDED_AT),
                0,
                0);
    }
}
