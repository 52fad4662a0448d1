package app.veza.projection.replica.chat;

import static app.veza.projection.jooq.chat.Tables.ROOM;
import static org.jooq.impl.DSL.coalesce;

import app.veza.projection.rows.Rows;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** What a batch changes in rooms' own rows, summed up so that each row is written once. */
final class RoomChanges {

    /** @param lastPosition of the last message in the batch; null when there was none */
    private record Change(int members, @Nullable Long lastPosition) {
        Change plus(Change later) {
            return new Change(members + later.members, later.lastPosition == null ? lastPosition : later.lastPosition);
        }
    }

    private final Map<UUID, Change> byRoom = new TreeMap<>();

    void said(UUID room, long position) {
        byRoom.merge(room, new Change(0, position), Change::plus);
    }

    void members(UUID room, int difference) {
        byRoom.merge(room, new Change(difference, null), Change::plus);
    }

    void apply(DSLContext tx) {
        if (byRoom.isEmpty()) {
            return;
        }
        Table<Record> changes = Rows.of(byRoom.entrySet())
                .with(ROOM.ROOM_ID, Map.Entry::getKey)
                .with(ROOM.MEMBER_COUNT, change -> change.getValue().members())
                .with(ROOM.LAST_POSITION, change -> change.getValue().lastPosition())
                .asTable();
        tx.update(ROOM)
                .set(ROOM.MEMBER_COUNT, ROOM.MEMBER_COUNT.plus(changes.field(ROOM.MEMBER_COUNT)))
                .set(ROOM.LAST_POSITION, coalesce(changes.field(ROOM.LAST_POSITION), ROOM.LAST_POSITION))
                .from(changes)
                .where(ROOM.ROOM_ID.eq(changes.field(ROOM.ROOM_ID)))
                .execute();
    }
}
