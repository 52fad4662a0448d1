package app.veza.projection.replica.chat;

import static app.veza.projection.jooq.chat.Tables.MEMBER;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.greatest;

import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MemberRoleChanged;
import app.veza.projection.rows.Names;
import app.veza.projection.rows.Rows;
import app.veza.projection.rows.Statements;
import app.veza.projectionengine.Recorded;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * What a batch does to memberships, folded to one outcome each. Whoever was a member before a joining or leaving of the batch is taken
 * out and, if the last of them says so, put in again. Counts follow from the rows that truly went and came, so joining twice counts once.
 */
final class MembershipChanges {

    private record Membership(UUID room, UUID person) {}

    /**
     * @param renewed whether somebody joined or left: nothing of the row before counts any more
     * @param joinedPosition 0 unless they joined in this batch and did not leave after it
     * @param role null when the batch says nothing about it
     * @param read up to where, 0 when the batch says nothing about it
     */
    private record Outcome(
            boolean renewed,
            long joinedPosition,
            @Nullable Instant joinedAt,
            @Nullable String role,
            long read) {

        static final Outcome UNTOUCHED = new Outcome(false, 0, null, null, 0);
        static final Outcome LEFT = new Outcome(true, 0, null, null, 0);

        boolean isGone() {
            return renewed && joinedPosition == 0;
        }

        boolean isJoined() {
            return renewed && joinedPosition > 0;
        }

        Outcome as(MemberRole changed) {
            return isGone() ? this : new Outcome(renewed, joinedPosition, joinedAt, Names.of(changed), read);
        }

        Outcome readUpTo(long position) {
            return isGone() ? this : new Outcome(renewed, joinedPosition, joinedAt, role, Math.max(read, position));
        }
    }

    private final Map<Membership, Outcome> outcomes = new LinkedHashMap<>();

    /** What was said before is read, as it were: nobody finds years of a room unread on entering. */
    void joined(Recorded<?> recorded, MemberJoined joined) {
        outcomes.put(
                new Membership(joined.roomId(), joined.personId()),
                new Outcome(
                        true, recorded.position(), recorded.timestamp(), Names.of(joined.role()), recorded.position()));
    }

    void left(MemberLeft left) {
        outcomes.put(new Membership(left.roomId(), left.personId()), Outcome.LEFT);
    }

    void roleChanged(MemberRoleChanged changed) {
        Membership membership = new Membership(changed.roomId(), changed.personId());
        outcomes.put(membership, outcome(membership).as(changed.role()));
    }

    void read(UUID room, UUID person, long position) {
        Membership membership = new Membership(room, person);
        outcomes.put(membership, outcome(membership).readUpTo(position));
    }

    private Outcome outcome(Membership membership) {
        return outcomes.getOrDefault(membership, Outcome.UNTOUCHED);
    }

    void apply(DSLContext tx, Statements statements, RoomChanges rooms) {
        remove(tx).forEach(room -> rooms.members(room, -1));
        add(statements, rooms);
        update(tx, statements);
    }

    /** @return the room of each membership that stood before */
    private List<UUID> remove(DSLContext tx) {
        List<Membership> renewed = outcomes.entrySet().stream()
                .filter(entry -> entry.getValue().renewed())
                .map(Map.Entry::getKey)
                .toList();
        if (renewed.isEmpty()) {
            return List.of();
        }
        return tx.deleteFrom(MEMBER)
                .where(Rows.of(renewed)
                        .with(MEMBER.ROOM_ID, Membership::room)
                        .with(MEMBER.PERSON_ID, Membership::person)
                        .matches())
                .returning(MEMBER.ROOM_ID)
                .fetch(MEMBER.ROOM_ID);
    }

    private void add(Statements statements, RoomChanges rooms) {
        var joined = outcomes.entrySet().stream()
                .filter(entry -> entry.getValue().isJoined())
                .toList();
        statements.insert(
                Rows.of(joined)
                        .with(MEMBER.ROOM_ID, member -> member.getKey().room())
                        .with(MEMBER.PERSON_ID, member -> member.getKey().person())
                        .with(MEMBER.ROLE, member -> member.getValue().role())
                        .with(
                                MEMBER.JOINED_POSITION,
                                member -> member.getValue().joinedPosition())
                        .with(MEMBER.JOINED_AT, member -> member.getValue().joinedAt())
                        .with(MEMBER.READ_POSITION, member -> member.getValue().read()),
                MEMBER);
        joined.forEach(member -> rooms.members(member.getKey().room(), 1));
    }

    private void update(DSLContext tx, Statements statements) {
        var changed = outcomes.entrySet().stream()
                .filter(entry -> !entry.getValue().renewed())
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        Table<Record> changes = Rows.of(changed)
                .with(MEMBER.ROOM_ID, member -> member.getKey().room())
                .with(MEMBER.PERSON_ID, member -> member.getKey().person())
                .with(MEMBER.ROLE, member -> member.getValue().role())
                .with(MEMBER.READ_POSITION, member -> member.getValue().read())
                .asTable();
        statements.add(tx.update(MEMBER)
                .set(MEMBER.ROLE, coalesce(changes.field(MEMBER.ROLE), MEMBER.ROLE))
                .set(MEMBER.READ_POSITION, greatest(MEMBER.READ_POSITION, changes.field(MEMBER.READ_POSITION)))
                .from(changes)
                .where(MEMBER.ROOM_ID.eq(changes.field(MEMBER.ROOM_ID)))
                .and(MEMBER.PERSON_ID.eq(changes.field(MEMBER.PERSON_ID))));
    }
}
