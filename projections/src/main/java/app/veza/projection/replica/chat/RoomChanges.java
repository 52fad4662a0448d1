package app.veza.projection.replica.chat;

import static app.veza.projection.jooq.chat.Tables.ROOM;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.when;

import app.veza.event.chat.DirectRoomOpened;
import app.veza.event.chat.RoomChanged;
import app.veza.event.chat.RoomClosed;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.SlowModeChanged;
import app.veza.projection.rows.Names;
import app.veza.projection.rows.Rows;
import app.veza.projection.rows.Statements;
import app.veza.projectionengine.Recorded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** What a batch does to rooms' own rows, summed up so that each is written once for what it is and once for what is counted. */
final class RoomChanges {

    private record Created(
            UUID room,
            @Nullable String name,
            @Nullable String topic,
            String visibility,
            UUID creator,
            @Nullable UUID directWith,
            long position,
            Instant at) {}

    /** @param name null when neither name nor topic were changed */
    private record Told(
            @Nullable String name,
            @Nullable String topic,
            @Nullable Instant closedAt,
            @Nullable Integer slowModeSeconds) {
        Told then(Told later) {
            return new Told(
                    later.name == null ? name : later.name,
                    later.name == null ? topic : later.topic,
                    closedAt == null ? later.closedAt : closedAt,
                    later.slowModeSeconds == null ? slowModeSeconds : later.slowModeSeconds);
        }
    }

    /** @param lastPosition of the last message in the batch; null when there was none */
    private record Counted(
            int members, long messages, @Nullable Long lastPosition) {
        Counted plus(Counted later) {
            return new Counted(
                    members + later.members,
                    messages + later.messages,
                    later.lastPosition == null ? lastPosition : later.lastPosition);
        }
    }

    private final List<Created> created = new ArrayList<>();
    // in order of their keys, so that runners that take turns lock rows in one order
    private final Map<UUID, Told> told = new TreeMap<>();
    private final Map<UUID, Counted> counted = new TreeMap<>();

    void created(Recorded<?> recorded, RoomCreated room) {
        created.add(new Created(
                room.roomId(),
                room.name(),
                room.topic(),
                Names.of(room.visibility()),
                room.creatorId(),
                null,
                recorded.position(),
                recorded.timestamp()));
    }

    void opened(Recorded<?> recorded, DirectRoomOpened room) {
        created.add(new Created(
                room.roomId(),
                null,
                null,
                "private",
                room.openedBy(),
                room.otherId(),
                recorded.position(),
                recorded.timestamp()));
    }

    void changed(RoomChanged room) {
        told.merge(room.roomId(), new Told(room.name(), room.topic(), null, null), Told::then);
    }

    void closed(Recorded<?> recorded, RoomClosed room) {
        told.merge(room.roomId(), new Told(null, null, recorded.timestamp(), null), Told::then);
    }

    void slowed(SlowModeChanged room) {
        told.merge(room.roomId(), new Told(null, null, null, room.seconds()), Told::then);
    }

    void said(UUID room, long position) {
        counted.merge(room, new Counted(0, 1, position), Counted::plus);
    }

    void members(UUID room, int difference) {
        counted.merge(room, new Counted(difference, 0, null), Counted::plus);
    }

    /** Comes first: what else the batch says about a new room finds its row. */
    void create(Statements statements) {
        statements.insert(
                Rows.of(created)
                        .with(ROOM.ROOM_ID, Created::room)
                        .with(ROOM.NAME, Created::name)
                        .with(ROOM.TOPIC, Created::topic)
                        .with(ROOM.VISIBILITY, Created::visibility)
                        .with(ROOM.CREATOR_ID, Created::creator)
                        .with(ROOM.DIRECT_WITH, Created::directWith)
                        .with(ROOM.CREATED_POSITION, Created::position)
                        .with(ROOM.CREATED_AT, Created::at)
                        .with(ROOM.LAST_POSITION, Created::position),
                ROOM);
    }

    void tell(DSLContext tx, Statements statements) {
        if (told.isEmpty()) {
            return;
        }
        Table<Record> changes = Rows.of(told.entrySet())
                .with(ROOM.ROOM_ID, Map.Entry::getKey)
                .with(ROOM.NAME, change -> change.getValue().name())
                .with(ROOM.TOPIC, change -> change.getValue().topic())
                .with(ROOM.CLOSED_AT, change -> change.getValue().closedAt())
                .with(ROOM.SLOW_MODE_SECONDS, change -> change.getValue().slowModeSeconds())
                .asTable();
        statements.add(tx.update(ROOM)
                .set(ROOM.NAME, coalesce(changes.field(ROOM.NAME), ROOM.NAME))
                .set(
                        ROOM.TOPIC,
                        when(changes.field(ROOM.NAME).isNull(), ROOM.TOPIC).otherwise(changes.field(ROOM.TOPIC)))
                .set(ROOM.CLOSED_AT, coalesce(ROOM.CLOSED_AT, changes.field(ROOM.CLOSED_AT)))
                .set(ROOM.SLOW_MODE_SECONDS, coalesce(changes.field(ROOM.SLOW_MODE_SECONDS), ROOM.SLOW_MODE_SECONDS))
                .from(changes)
                .where(ROOM.ROOM_ID.eq(changes.field(ROOM.ROOM_ID))));
    }

    /** Comes last: until then {@code message_count} is that of the state before the batch. */
    void count(DSLContext tx, Statements statements) {
        if (counted.isEmpty()) {
            return;
        }
        Table<Record> changes = Rows.of(counted.entrySet())
                .with(ROOM.ROOM_ID, Map.Entry::getKey)
                .with(ROOM.MEMBER_COUNT, change -> change.getValue().members())
                .with(ROOM.MESSAGE_COUNT, change -> change.getValue().messages())
                .with(ROOM.LAST_POSITION, change -> change.getValue().lastPosition())
                .asTable();
        statements.add(tx.update(ROOM)
                .set(ROOM.MEMBER_COUNT, ROOM.MEMBER_COUNT.plus(changes.field(ROOM.MEMBER_COUNT)))
                .set(ROOM.MESSAGE_COUNT, ROOM.MESSAGE_COUNT.plus(changes.field(ROOM.MESSAGE_COUNT)))
                .set(ROOM.LAST_POSITION, coalesce(changes.field(ROOM.LAST_POSITION), ROOM.LAST_POSITION))
                .from(changes)
                .where(ROOM.ROOM_ID.eq(changes.field(ROOM.ROOM_ID))));
    }
}
