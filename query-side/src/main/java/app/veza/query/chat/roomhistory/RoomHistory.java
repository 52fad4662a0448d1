package app.veza.query.chat.roomhistory;

import static app.veza.query.jooq.view.Tables.MESSAGES;
import static app.veza.query.jooq.view.Tables.PEOPLE;
import static org.jooq.impl.DSL.select;

import app.veza.query.chat.RoomAccess;
import app.veza.query.http.Listing;
import app.veza.query.http.Page;
import app.veza.query.http.Reads.Snapshot;
import app.veza.query.shape.Message;
import app.veza.query.shape.MessageRows;
import java.util.List;
import java.util.UUID;
import org.jooq.Record;
import org.jooq.SortOrder;

/** The messages of a room between two positions, both excluded. */
record RoomHistory(UUID room, UUID caller, long before, long after, Page page, MessageRows shape) {

    /** Where a page ended, and where its list ends. */
    private record Bounds(long before, long after) {

        static Bounds parse(String key) {
            int slash = key.indexOf('/');
            return new Bounds(Long.parseLong(key.substring(0, slash)), Long.parseLong(key.substring(slash + 1)));
        }

        @Override
        public String toString() {
            return before + "/" + after;
        }
    }

    Listing<Message> fetch(Snapshot snapshot) {
        Bounds ended = page.after(Bounds::parse, new Bounds(Long.MAX_VALUE, 0));
        // past the snapshot's position a sender may be unknown yet: a page that showed what is beyond it would have
        // holes
        long newest = Math.min(Math.min(before, ended.before()) - 1, snapshot.position());
        long oldest = Math.max(after, ended.after());
        var messages = select(shape.columns())
                .from(MESSAGES)
                .join(PEOPLE)
                .on(PEOPLE.PERSON_ID.eq(MESSAGES.SENDER_ID))
                .where(MESSAGES.ROOM_ID.eq(room))
                .and(RoomAccess.CALLER_IS_MEMBER)
                .and(MESSAGES.POSITION.le(newest))
                .and(MESSAGES.POSITION.gt(oldest))
                .orderBy(MESSAGES.POSITION.desc())
                .limit(page.fetch());
        List<? extends Record> rows =
                RoomAccess.rows(snapshot.sql(), room, caller, messages, MESSAGES.POSITION, SortOrder.DESC);
        return Listing.of(
                page,
                rows,
                row -> new Bounds(row.get(MESSAGES.POSITION), oldest).toString(),
                row -> shape.message(room, row, 0));
    }
}
