package app.veza.server.audit;

import app.veza.command.http.InputCheck;
import app.veza.command.http.LogRead;
import app.veza.command.http.Paging;
import app.veza.event.Erased;
import app.veza.event.identity.PrivilegedRequestMade;
import app.veza.eventstore.Browsing;
import app.veza.eventstore.RecordedEvent;
import app.veza.server.admin.LogPlaces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/admin/audit}: who used which role for what, when, from where, and what came of it; newest first. */
@RestController
final class AuditEndpoint {

    private static final int MOST = 500;
    private static final String OPERATOR = "operator";

    private final AuditLog audit;
    private final LogPlaces places;

    AuditEndpoint(AuditLog audit, LogPlaces places) {
        this.audit = audit;
        this.places = places;
    }

    /**
     * One request.
     *
     * @param position of its event in the log
     * @param actor id of the person, or {@code operator}
     * @param route the path as a pattern
     * @param status that was answered
     * @param address null for the operator, for what was kept with the decision, and once its person is erased
     */
    record Entry(
            long position,
            Instant at,
            String actor,
            @Nullable UUID personId,
            String method,
            String route,
            String path,
            int status,
            @Nullable String address) {}

    /** @param nextCursor null on the last page */
    record Listing(List<Entry> items, @Nullable String nextCursor) {}

    /**
     * @param actor id of a person, or {@code operator}; everybody when missing
     * @param from position, instant or {@code -2h}; the oldest
     * @param to position, or the instant that none reaches
     */
    @GetMapping("/api/admin/audit")
    ResponseEntity<Listing> audit(
            LogRead read,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        Paging.requireLimit(limit, MOST);
        UUID of = id(actor);
        long before = before(cursor);
        return read.answer(() -> page(audit.browse(of, places.after(from), Math.min(places.upTo(to), before)), limit));
    }

    private Listing page(Browsing browsing, int limit) {
        List<Entry> items = new ArrayList<>();
        while (items.size() < limit && browsing.hasNext()) {
            items.add(entry(browsing.next()));
        }
        String next = browsing.hasNext() ? Long.toString(items.getLast().position()) : null;
        return new Listing(items, next);
    }

    private static @Nullable UUID id(@Nullable String actor) {
        if (actor == null || actor.equals(OPERATOR)) {
            return actor == null ? null : AuditLog.OPERATOR;
        }
        var input = new InputCheck();
        UUID id = input.optionalId("/actor", actor);
        input.verify();
        return id;
    }

    private static long before(@Nullable String cursor) {
        try {
            return cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor) - 1;
        } catch (NumberFormatException e) {
            throw Paging.foreignCursor();
        }
    }

    private Entry entry(RecordedEvent event) {
        var made = (PrivilegedRequestMade) audit.codec().decode(event);
        boolean isOperator = made.personId().equals(AuditLog.OPERATOR);
        return new Entry(
                event.position(),
                event.timestamp(),
                isOperator ? OPERATOR : made.personId().toString(),
                isOperator ? null : made.personId(),
                made.method(),
                made.route(),
                made.path(),
                made.status(),
                made.address() == null || Erased.is(made.address()) ? null : made.address());
    }
}
