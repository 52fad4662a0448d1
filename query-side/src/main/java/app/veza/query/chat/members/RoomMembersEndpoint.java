package app.veza.query.chat.members;

import static app.veza.query.jooq.view.Tables.MEMBERS;
import static app.veza.query.jooq.view.Tables.PEOPLE;
import static app.veza.query.jooq.view.Tables.RESTRICTIONS;
import static app.veza.query.jooq.view.Tables.ROOMS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;

import app.veza.query.chat.RoomAccess;
import app.veza.query.chat.RoomReads;
import app.veza.query.http.Caller;
import app.veza.query.http.Listing;
import app.veza.query.http.Page;
import app.veza.query.http.Reads;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SortOrder;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/rooms/{id}/members}: the longest there first. */
@RestController
final class RoomMembersEndpoint {

    private static final Set<String> PROJECTIONS = Set.of("chat", "people");

    private static final Field<Long> MUTED = field(name("muted"), Long.class);

    private final RoomReads reads;

    RoomMembersEndpoint(RoomReads reads) {
        this.reads = reads;
    }

    @GetMapping("/api/rooms/{roomId}/members")
    ResponseEntity<Listing<RoomMember>> members(
            @AuthenticationPrincipal Jwt token,
            @PathVariable UUID roomId,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestHeader(name = Reads.MIN_POSITION, required = false) @Nullable String minPosition) {
        Caller caller = Caller.of(token);
        Page page = Page.of("members " + roomId, limit, cursor);
        return reads.answer(
                caller.personId(),
                PROJECTIONS,
                minPosition,
                snapshot -> list(snapshot.sql(), roomId, caller.personId(), page));
    }

    private static Listing<RoomMember> list(DSLContext sql, UUID room, UUID caller, Page page) {
        var members = select(
                        MEMBERS.PERSON_ID,
                        MEMBERS.ROLE,
                        MEMBERS.JOINED_POSITION,
                        MEMBERS.JOINED_AT,
                        MEMBERS.READ_POSITION,
                        RESTRICTIONS.POSITION.as(MUTED),
                        RESTRICTIONS.UNTIL,
                        PEOPLE.USERNAME,
                        PEOPLE.DISPLAY_NAME)
                .from(MEMBERS)
                .join(PEOPLE)
                .on(PEOPLE.PERSON_ID.eq(MEMBERS.PERSON_ID))
                .leftJoin(RESTRICTIONS)
                .on(RESTRICTIONS.ROOM_ID.eq(MEMBERS.ROOM_ID))
                .and(RESTRICTIONS.PERSON_ID.eq(MEMBERS.PERSON_ID))
                .and(RESTRICTIONS.KIND.eq("mute"))
                .and(RESTRICTIONS.UNTIL.isNull().or(RESTRICTIONS.UNTIL.gt(Instant.now())))
                .where(MEMBERS.ROOM_ID.eq(ROOMS.ROOM_ID))
                .and(RoomAccess.CALLER_IS_MEMBER)
                .and(MEMBERS.JOINED_POSITION.gt(page.after(Long::valueOf, 0L)))
                .orderBy(MEMBERS.JOINED_POSITION)
                .limit(page.fetch());
        List<? extends Record> rows =
                RoomAccess.rows(sql, room, caller, members, MEMBERS.JOINED_POSITION, SortOrder.ASC);
        return Listing.of(
                page,
                rows,
                row -> row.get(MEMBERS.JOINED_POSITION).toString(),
                row -> new RoomMember(
                        row.get(MEMBERS.PERSON_ID),
                        row.get(PEOPLE.USERNAME),
                        row.get(PEOPLE.DISPLAY_NAME),
                        row.get(MEMBERS.ROLE),
                        row.get(MEMBERS.JOINED_AT),
                        row.get(MEMBERS.READ_POSITION),
                        row.get(MUTED) == null ? null : true,
                        row.get(RESTRICTIONS.UNTIL)));
    }
}
