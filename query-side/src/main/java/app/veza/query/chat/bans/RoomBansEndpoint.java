package app.veza.query.chat.bans;

import static app.veza.query.jooq.view.Tables.PEOPLE;
import static app.veza.query.jooq.view.Tables.RESTRICTIONS;
import static app.veza.query.jooq.view.Tables.ROOMS;
import static org.jooq.impl.DSL.select;

import app.veza.query.chat.RoomAccess;
import app.veza.query.chat.RoomReads;
import app.veza.query.http.Caller;
import app.veza.query.http.Listing;
import app.veza.query.http.Page;
import app.veza.query.http.Reads;
import app.veza.query.jooq.view.tables.People;
import app.veza.query.shape.Person;
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

/** {@code GET /api/rooms/{id}/bans}: for who looks after the room, the latest ban first. */
@RestController
final class RoomBansEndpoint {

    private static final Set<String> PROJECTIONS = Set.of("chat", "people");

    private static final People BANNER = PEOPLE.as("banner");
    private static final Field<UUID> BANNER_ID = BANNER.PERSON_ID.as("banner_id");
    private static final Field<String> BANNER_NAME = BANNER.USERNAME.as("banner_username");
    private static final Field<String> BANNER_SHOWN = BANNER.DISPLAY_NAME.as("banner_display_name");

    private final RoomReads reads;

    RoomBansEndpoint(RoomReads reads) {
        this.reads = reads;
    }

    /**
     * Somebody who may not be in a room.
     *
     * @param person who may not
     * @param bannedBy the owner or moderator, of the room or of the platform, who said so
     * @param position of the ban in the log
     */
    record Ban(Person person, Person bannedBy, long position) {}

    @GetMapping("/api/rooms/{roomId}/bans")
    ResponseEntity<Listing<Ban>> bans(
            @AuthenticationPrincipal Jwt token,
            @PathVariable UUID roomId,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestHeader(name = Reads.MIN_POSITION, required = false) @Nullable String minPosition) {
        Caller caller = Caller.of(token);
        Page page = Page.of("bans " + roomId, limit, cursor);
        return reads.answer(
                caller.personId(), PROJECTIONS, minPosition, snapshot -> list(snapshot.sql(), roomId, caller, page));
    }

    private static Listing<Ban> list(DSLContext sql, UUID room, Caller caller, Page page) {
        var bans = select(
                        RESTRICTIONS.POSITION,
                        PEOPLE.PERSON_ID,
                        PEOPLE.USERNAME,
                        PEOPLE.DISPLAY_NAME,
                        BANNER_ID,
                        BANNER_NAME,
                        BANNER_SHOWN)
                .from(RESTRICTIONS)
                .join(PEOPLE)
                .on(PEOPLE.PERSON_ID.eq(RESTRICTIONS.PERSON_ID))
                .join(BANNER)
                .on(BANNER.PERSON_ID.eq(RESTRICTIONS.IMPOSED_BY))
                .where(RESTRICTIONS.ROOM_ID.eq(ROOMS.ROOM_ID))
                .and(RESTRICTIONS.KIND.eq("ban"))
                .and(RoomAccess.callerModerates(caller))
                .and(RESTRICTIONS.POSITION.lt(page.after(Long::valueOf, Long.MAX_VALUE)))
                .orderBy(RESTRICTIONS.POSITION.desc())
                .limit(page.fetch());
        List<? extends Record> rows = RoomAccess.moderatedRows(
                sql,
                room,
                caller,
                bans,
                RESTRICTIONS.POSITION,
                SortOrder.DESC,
                "Only owners and moderators of the room may read who is banned from it.");
        return Listing.of(
                page,
                rows,
                row -> row.get(RESTRICTIONS.POSITION).toString(),
                row -> new Ban(
                        new Person(row.get(PEOPLE.PERSON_ID), row.get(PEOPLE.USERNAME), row.get(PEOPLE.DISPLAY_NAME)),
                        new Person(row.get(BANNER_ID), row.get(BANNER_NAME), row.get(BANNER_SHOWN)),
                        row.get(RESTRICTIONS.POSITION)));
    }
}
