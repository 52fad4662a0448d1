package app.veza.query.notification.inbox;

import static app.veza.query.jooq.view.Tables.NOTIFICATIONS;
import static app.veza.query.jooq.view.Tables.PEOPLE;

import app.veza.query.http.Caller;
import app.veza.query.http.Listing;
import app.veza.query.http.Page;
import app.veza.query.http.Reads;
import app.veza.query.http.Reads.Snapshot;
import app.veza.query.shape.Notification;
import app.veza.query.shape.Person;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/notifications}: the caller's inbox, newest first. */
@RestController
final class NotificationsEndpoint {

    private static final Set<String> PROJECTIONS = Set.of("inbox", "people");

    private final Reads reads;

    NotificationsEndpoint(Reads reads) {
        this.reads = reads;
    }

    @GetMapping("/api/notifications")
    ResponseEntity<Inbox> notifications(
            @AuthenticationPrincipal Jwt token,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestHeader(name = Reads.MIN_POSITION, required = false) @Nullable String minPosition) {
        UUID caller = Caller.of(token).personId();
        Page page = Page.of("notifications", limit, cursor);
        return reads.answer(PROJECTIONS, minPosition, snapshot -> inbox(snapshot, caller, page));
    }

    private static Inbox inbox(Snapshot snapshot, UUID caller, Page page) {
        long newest = Math.min(page.after(Long::valueOf, Long.MAX_VALUE) - 1, snapshot.position());
        List<? extends Record> rows = snapshot.sql()
                .select(
                        NOTIFICATIONS.NOTIFICATION_ID,
                        NOTIFICATIONS.KIND,
                        NOTIFICATIONS.POSITION,
                        NOTIFICATIONS.RAISED_AT,
                        NOTIFICATIONS.READ_AT,
                        NOTIFICATIONS.ACTOR_ID,
                        NOTIFICATIONS.ROOM_ID,
                        NOTIFICATIONS.MESSAGE_ID,
                        NOTIFICATIONS.STREAM_ID,
                        PEOPLE.USERNAME,
                        PEOPLE.DISPLAY_NAME)
                .from(NOTIFICATIONS)
                .leftJoin(PEOPLE)
                .on(PEOPLE.PERSON_ID.eq(NOTIFICATIONS.ACTOR_ID))
                .where(NOTIFICATIONS.PERSON_ID.eq(caller))
                .and(NOTIFICATIONS.POSITION.le(newest))
                .orderBy(NOTIFICATIONS.POSITION.desc())
                .limit(page.fetch())
                .fetch();
        Listing<Notification> listed = Listing.of(
                page, rows, row -> row.get(NOTIFICATIONS.POSITION).toString(), NotificationsEndpoint::notification);
        int unread = snapshot.sql()
                .fetchCount(NOTIFICATIONS, NOTIFICATIONS.PERSON_ID.eq(caller).and(NOTIFICATIONS.READ_AT.isNull()));
        return new Inbox(listed.items(), listed.nextCursor(), unread);
    }

    private static Notification notification(Record row) {
        String username = row.get(PEOPLE.USERNAME);
        return new Notification(
                row.get(NOTIFICATIONS.NOTIFICATION_ID),
                row.get(NOTIFICATIONS.KIND),
                row.get(NOTIFICATIONS.POSITION),
                row.get(NOTIFICATIONS.RAISED_AT),
                row.get(NOTIFICATIONS.READ_AT),
                username == null
                        ? null
                        : new Person(row.get(NOTIFICATIONS.ACTOR_ID), username, row.get(PEOPLE.DISPLAY_NAME)),
                row.get(NOTIFICATIONS.ROOM_ID),
                row.get(NOTIFICATIONS.MESSAGE_ID),
                row.get(NOTIFICATIONS.STREAM_ID));
    }
}
