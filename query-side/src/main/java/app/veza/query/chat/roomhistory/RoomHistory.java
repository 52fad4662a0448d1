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

/** The messages of a room between two positions, both excluded, from the newest or from the oldest of them. */
record RoomHistory(UUID room, UUID caller, long before, long after, SortOrder order, Page page, MessageRows shape) {

    /** What is left of the list after a page. */
    private record Bounds(long before, long after) {

        static Bounds parse(String key) {
            int slash = key.indexOf('/');
            return new Bounds(Long.parseLong(key.substring(0, slash)), Long.parseLong(key.substring(slash + 1)));
        }

        Bounds past(long position, SortOrder order) {
            return order == SortOrder.ASC ? new Bounds(before, position) : new Bounds(position, after);
        }

        @Override
        public String toString() {
            return before + "/" + after;
        }
    }

    Listing<Message> fetch(Snapshot snapshot) {
        Bounds ended = page.after(Bounds::parse, new Bounds(Long.MAX_VALUE, 0));
        Bounds left = new Bounds(Math.min(before, ended.before()), Math.max(after, ended.after()));
        // past the snapshot's position a sender may be unknown yet: a page that showed what is beyond it would have
        // holes
        long newest = Math.min(left.before() - 1, snapshot.position());
        var messages = select(shape.columns())
                .from(MESSAGES)
                .join(PEOPLE)
                .on(PEOPLE.PERSON_ID.eq(MESSAGES.SENDER_ID))
                .where(MESSAGES.ROOM_ID.eq(room))
                .and(RoomAccess.CALLER_IS_MEMBER)
                .and(MESSAGES.POSITION.le(newest))
                .and(MESSAGES.POSITION.gt(left.after()))
                .orderBy(MESSAGES.POSITION.sort(order))
                .limit(page.fetch());
        List<? extends Record> rows = RoomAccess.rows(snapshot.sql(), room, caller, messages, MESSAGES.POSITION, order);
        return Listing.of(
                page,
                rows,
                row -> left.past(row.get(MESSAGES.POSITION), order).toString(),
                row -> shape.message(room, row, 0));
    }
}
