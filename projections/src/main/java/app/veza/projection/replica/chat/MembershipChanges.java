package app.veza.projection.replica.chat;

import static app.veza.projection.jooq.chat.Tables.MEMBER;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.projection.rows.Names;
import app.veza.projection.rows.Rows;
import app.veza.projectionengine.Recorded;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * What a batch does to memberships. Of several events about one membership only the last counts; whoever was a member
 * before is taken out and, if the last event says so, put in again. Counts follow from the rows that truly went and came,
 * so joining twice counts once.
 */
final class MembershipChanges {

    private record Membership(UUID room, UUID person) {}

    /** The joining that stands at the end of the batch; null when the member left. */
    private final Map<Membership, @Nullable Recorded<MemberJoined>> outcomes = new LinkedHashMap<>();

    private MembershipChanges() {}

    static MembershipChanges in(List<Recorded<?>> batch) {
        MembershipChanges changes = new MembershipChanges();
        for (Recorded<?> recorded : batch) {
            if (recorded.event() instanceof MemberJoined joined) {
                changes.outcomes.put(
                        new Membership(joined.roomId(), joined.personId()),
                        new Recorded<>(recorded.position(), recorded.timestamp(), joined));
            } else if (recorded.event() instanceof MemberLeft left) {
                changes.outcomes.put(new Membership(left.roomId(), left.personId()), null);
            }
        }
        return changes;
    }

    void apply(DSLContext tx, RoomChanges rooms) {
        if (outcomes.isEmpty()) {
            return;
        }
        remove(tx).forEach(room -> rooms.members(room, -1));
        add(tx, rooms);
    }

    /** @return the room of each membership that stood before */
    private List<UUID> remove(DSLContext tx) {
        Table<Record> touched = Rows.of(outcomes.keySet())
                .with(MEMBER.ROOM_ID, Membership::room)
                .with(MEMBER.PERSON_ID, Membership::person)
                .asTable();
        return tx.deleteFrom(MEMBER)
                .where(row(MEMBER.ROOM_ID, MEMBER.PERSON_ID)
                        .in(select(touched.field(MEMBER.ROOM_ID), touched.field(MEMBER.PERSON_ID))
                                .from(touched)))
                .returning(MEMBER.ROOM_ID)
                .fetch(MEMBER.ROOM_ID);
    }

    private void add(DSLContext tx, RoomChanges rooms) {
        List<Recorded<MemberJoined>> joined =
                outcomes.values().stream().filter(outcome -> outcome != null).toList();
        Rows.of(joined)
                .with(MEMBER.ROOM_ID, member -> member.event().roomId())
                .with(MEMBER.PERSON_ID, member -> member.event().personId())
                .with(MEMBER.ROLE, member -> Names.of(member.event().role()))
                .with(MEMBER.JOINED_POSITION, Recorded::position)
                .with(MEMBER.JOINED_AT, Recorded::timestamp)
                .insertInto(tx, MEMBER);
        joined.forEach(member -> rooms.members(member.event().roomId(), 1));
    }
}
