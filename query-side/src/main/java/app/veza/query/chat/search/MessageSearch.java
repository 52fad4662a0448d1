package app.veza.query.chat.search;

import static app.veza.query.jooq.view.Tables.MEMBERS;
import static app.veza.query.jooq.view.Tables.MESSAGES;
import static app.veza.query.jooq.view.Tables.MESSAGE_WORDS;
import static app.veza.query.jooq.view.Tables.PEOPLE;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import app.veza.query.http.Listing;
import app.veza.query.http.Page;
import app.veza.query.http.Reads.Snapshot;
import app.veza.query.shape.Message;
import app.veza.query.shape.MessageRows;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Messages by their words, from the newest, in rooms that the caller is in.
 *
 * @param room only in this one; null for all of the caller's
 */
record MessageSearch(UUID caller, String words, @Nullable UUID room, Page page, MessageRows shape) {

    /** Each is looked for in each partition: with 200 of them that cost 270 ms where the words alone cost 20. */
    private static final int ROOMS_AS_WORDS = 16;

    Listing<Message> fetch(Snapshot snapshot) {
        List<UUID> rooms = snapshot.sql()
                .select(MEMBERS.ROOM_ID)
                .from(MEMBERS)
                .where(MEMBERS.PERSON_ID.eq(caller))
                .and(room == null ? noCondition() : MEMBERS.ROOM_ID.eq(room))
                .fetch(MEMBERS.ROOM_ID);
        if (rooms.isEmpty()) {
            return new Listing<>(List.of(), null);
        }
        long newest = Math.min(page.after(Long::valueOf, Long.MAX_VALUE) - 1, snapshot.position());
        // cut before messages and senders are looked up
        Table<?> hits = select(MESSAGE_WORDS.ROOM_ID, MESSAGE_WORDS.POSITION)
                .from(MESSAGE_WORDS)
                .join(MEMBERS)
                .on(MEMBERS.ROOM_ID.eq(MESSAGE_WORDS.ROOM_ID))
                .and(MEMBERS.PERSON_ID.eq(caller))
                .where(matches(rooms))
                .and(room == null ? noCondition() : MESSAGE_WORDS.ROOM_ID.eq(inline(room)))
                .and(MESSAGE_WORDS.POSITION.le(newest))
                .orderBy(MESSAGE_WORDS.POSITION.desc())
                .limit(page.fetch())
                .asTable("hits");
        Field<UUID> hitRoom = hits.field(MESSAGE_WORDS.ROOM_ID);
        Field<Long> hitPosition = hits.field(MESSAGE_WORDS.POSITION);
        List<SelectField<?>> columns = new ArrayList<>(shape.columns());
        columns.add(hitRoom);
        columns.add(hitPosition);
        List<Record> rows = snapshot.sql()
                .select(columns)
                .from(hits)
                .join(MESSAGES)
                .on(MESSAGES.ROOM_ID.eq(hitRoom))
                .and(MESSAGES.POSITION.eq(hitPosition))
                .join(PEOPLE)
                .on(PEOPLE.PERSON_ID.eq(MESSAGES.SENDER_ID))
                .orderBy(hitPosition.desc())
                .fetch();
        return Listing.of(
                page, rows, row -> row.get(hitPosition).toString(), row -> shape.message(row.get(hitRoom), row, 0));
    }

    /**
     * Few rooms are words of the query too, so that postings of other rooms are not met; who may read is decided by the join. Written out in
     * the statement: the planner must know the words to know how rare they are, and a parameter would be parsed for each row.
     */
    private Condition matches(List<UUID> rooms) {
        String ofRooms = rooms.size() > ROOMS_AS_WORDS
                ? ""
                : rooms.stream()
                        .map(id -> "r" + id.toString().replace("-", ""))
                        .collect(Collectors.joining(" | ", "(", ") & "));
        return condition("{0} @@ {1}::tsquery", MESSAGE_WORDS.WORDS, inline(ofRooms + words));
    }
}
