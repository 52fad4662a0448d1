package app.veza.projection.analytics.messages;

import static app.veza.projection.jooq.message_facts.Tables.ROOM;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.when;

import app.veza.event.chat.DirectRoomOpened;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.RoomChanged;
import app.veza.event.chat.RoomClosed;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import app.veza.projection.rows.Names;
import app.veza.projection.rows.Rows;
import app.veza.projection.rows.Statements;
import app.veza.projectionengine.Recorded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** What a batch says about rooms, folded to one change each. */
final class RoomChanges {

    private record Opened(
            UUID roomId,
            long position,
            String kind,
            @Nullable String name,
            UUID createdBy,
            Instant createdAt) {}

    private static final class Change {
        private @Nullable String name;
        private @Nullable Instant closed;
        private long members;
    }

    private final List<Opened> opened = new ArrayList<>();
    private final Map<UUID, Change> changes = new LinkedHashMap<>();

    void fold(Recorded<?> recorded) {
        switch (recorded.event()) {
            case RoomCreated room ->
                opened.add(new Opened(
                        room.roomId(),
                        recorded.position(),
                        Names.of(room.visibility()),
                        room.visibility() == Visibility.PUBLIC ? room.name() : null,
                        room.creatorId(),
                        recorded.timestamp()));
            case DirectRoomOpened room ->
                opened.add(new Opened(
                        room.roomId(), recorded.position(), "direct", null, room.openedBy(), recorded.timestamp()));
            case RoomChanged room -> of(room.roomId()).name = room.name();
            case RoomClosed room -> of(room.roomId()).closed = recorded.timestamp();
            case MemberJoined member -> of(member.roomId()).members++;
            case MemberLeft member -> of(member.roomId()).members--;
            default -> {}
        }
    }

    private Change of(UUID room) {
        return changes.computeIfAbsent(room, any -> new Change());
    }

    void write(DSLContext tx, Statements statements) {
        statements.insert(
                Rows.of(opened)
                        .with(ROOM.ROOM_ID, Opened::roomId)
                        .with(ROOM.POSITION, Opened::position)
                        .with(ROOM.KIND, Opened::kind)
                        .with(ROOM.NAME, Opened::name)
                        .with(ROOM.CREATED_BY, Opened::createdBy)
                        .with(ROOM.CREATED_AT, Opened::createdAt),
                ROOM);
        if (changes.isEmpty()) {
            return;
        }
        Table<Record> batch = Rows.of(changes.entrySet())
                .with(ROOM.ROOM_ID, Map.Entry::getKey)
                .with(ROOM.NAME, change -> change.getValue().name)
                .with(ROOM.CLOSED_AT, change -> change.getValue().closed)
                .with(ROOM.MEMBERS, change -> change.getValue().members)
                .asTable();
        statements.add(tx.update(ROOM)
                // what a room that is not public is called is nobody's business here
                .set(
                        ROOM.NAME,
                        when(ROOM.KIND.eq(Names.of(Visibility.PUBLIC)), coalesce(batch.field(ROOM.NAME), ROOM.NAME)))
                .set(ROOM.CLOSED_AT, coalesce(batch.field(ROOM.CLOSED_AT), ROOM.CLOSED_AT))
                .set(ROOM.MEMBERS, ROOM.MEMBERS.plus(batch.field(ROOM.MEMBERS)))
                .from(batch)
                .where(ROOM.ROOM_ID.eq(batch.field(ROOM.ROOM_ID))));
    }
}
