package app.veza.query.chat;

import static app.veza.query.jooq.view.Tables.MEMBERS;
import static app.veza.query.jooq.view.Tables.ROOMS;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.trueCondition;

import app.veza.query.http.Caller;
import app.veza.query.http.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Select;
import org.jooq.SelectField;
import org.jooq.SortOrder;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * What is inside a room, for its members only, or only for who looks after it. Whether the caller is one and what they asked for come in
 * one statement, hence of one state: nobody reads a room they have just been removed from.
 */
public final class RoomAccess {

    private static final Table<?> CALLER = MEMBERS.as("caller");
    private static final Field<String> CALLER_ROLE = CALLER.field(MEMBERS.ROLE).as("caller_role");

    /** To be a condition of the inside: for others it is not even looked at. */
    public static final Condition CALLER_IS_MEMBER = CALLER.field(MEMBERS.ROLE).isNotNull();

    private static final Set<String> MODERATING = Set.of("moderator", "owner");
    private static final String PLATFORM_MODERATOR = "moderator";

    private RoomAccess() {}

    /**
     * @param inside correlated query of what is in the room, with {@link #CALLER_IS_MEMBER} among its conditions
     * @param by column of {@code inside}, never null, that orders the rows
     * @return the rows of {@code inside}
     * @throws org.springframework.web.ErrorResponseException 403 when the room is public and the caller no member, 404 when
     *     the caller may not know whether there is such a room
     */
    public static List<? extends Record> rows(
            DSLContext sql, UUID room, UUID caller, Select<?> inside, Field<?> by, SortOrder direction) {
        return rows(sql, room, caller, inside, by, direction, RoomAccess::requireMember);
    }

    /** To be a condition of the inside that {@link #moderatedRows} takes. The platform's moderators look after public rooms, members or not. */
    public static Condition callerModerates(Caller caller) {
        Condition ofRoom = CALLER.field(MEMBERS.ROLE).in(MODERATING);
        return moderatesPlatform(caller) ? ofRoom.or(ROOMS.VISIBILITY.eq("public")) : ofRoom;
    }

    /**
     * As {@link #rows}, for who looks after the room.
     *
     * @param inside with {@link #callerModerates} among its conditions
     * @param detail of the 403 that plain members get, too: what only moderators may read
     */
    public static List<? extends Record> moderatedRows(
            DSLContext sql,
            UUID room,
            Caller caller,
            Select<?> inside,
            Field<?> by,
            SortOrder direction,
            String detail) {
        return rows(sql, room, caller.personId(), inside, by, direction, (visibility, role) -> {
            if (moderatesPlatform(caller) && visibility.equals("public")) {
                return;
            }
            requireMember(visibility, role);
            if (!MODERATING.contains(role)) {
                throw Problems.forbidden(detail);
            }
        });
    }

    private static boolean moderatesPlatform(Caller caller) {
        return caller.roles().contains(PLATFORM_MODERATOR);
    }

    /** Throws what the caller is told who may not look. */
    private interface Admission {
        void check(String visibility, @Nullable String role);
    }

    private static List<? extends Record> rows(
            DSLContext sql,
            UUID room,
            UUID caller,
            Select<?> inside,
            Field<?> by,
            SortOrder direction,
            Admission admission) {
        Table<?> rows = inside.asTable("inside");
        Field<?> key = rows.field(by);
        List<SelectField<?>> columns = new ArrayList<>(List.of(rows.fields()));
        columns.add(ROOMS.VISIBILITY);
        columns.add(CALLER_ROLE);
        Result<Record> result = sql.select(columns)
                .from(ROOMS)
                .leftJoin(CALLER)
                .on(CALLER.field(MEMBERS.ROOM_ID).eq(ROOMS.ROOM_ID))
                .and(CALLER.field(MEMBERS.PERSON_ID).eq(caller))
                .leftJoin(lateral(rows))
                .on(trueCondition())
                .where(ROOMS.ROOM_ID.eq(room))
                .orderBy(key.sort(direction))
                .fetch();
        if (result.isEmpty()) {
            throw unknown();
        }
        Record first = result.getFirst();
        admission.check(first.get(ROOMS.VISIBILITY), first.get(CALLER_ROLE));
        return first.get(key) == null ? List.of() : result;
    }

    private static void requireMember(String visibility, @Nullable String role) {
        if (role == null) {
            throw visibility.equals("public") ? Problems.notAMember() : unknown();
        }
    }

    private static RuntimeException unknown() {
        return Problems.notFound("There is no such room.");
    }
}
