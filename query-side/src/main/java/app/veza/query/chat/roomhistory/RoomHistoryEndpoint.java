package app.veza.query.chat.roomhistory;

import app.veza.query.chat.RoomReads;
import app.veza.query.http.Caller;
import app.veza.query.http.Listing;
import app.veza.query.http.Page;
import app.veza.query.http.Problems;
import app.veza.query.http.PublicUrl;
import app.veza.query.http.Reads;
import app.veza.query.shape.Message;
import app.veza.query.shape.MessageRows;
import java.util.Set;
import java.util.UUID;
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

/** {@code GET /api/rooms/{id}/messages}: newest first, or oldest first, for members. */
@RestController
final class RoomHistoryEndpoint {

    private static final Set<String> PROJECTIONS = Set.of("chat", "people");

    private final RoomReads reads;
    private final PublicUrl urls;

    RoomHistoryEndpoint(RoomReads reads, PublicUrl urls) {
        this.reads = reads;
        this.urls = urls;
    }

    /**
     * @param before only messages of lower positions
     * @param after only messages of higher positions; the cursors of such a list stop there too
     * @param order {@code desc}, newest first, or {@code asc}, oldest first: so one reads on from a position. A cursor is good for the
     *     order it came in
     */
    @GetMapping("/api/rooms/{roomId}/messages")
    ResponseEntity<Listing<Message>> messages(
            @AuthenticationPrincipal Jwt token,
            @PathVariable UUID roomId,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "desc") String order,
            @RequestHeader(name = Reads.MIN_POSITION, required = false) @Nullable String minPosition) {
        requirePosition("before", before);
        requirePosition("after", after);
        Caller caller = Caller.of(token);
        RoomHistory history = new RoomHistory(
                roomId,
                caller.personId(),
                before,
                after,
                sort(order),
                Page.of("messages " + roomId + (order.equals("asc") ? " asc" : ""), limit, cursor),
                new MessageRows(urls, caller.personId()));
        return reads.answer(caller.personId(), PROJECTIONS, minPosition, history::fetch);
    }

    private static SortOrder sort(String order) {
        return switch (order) {
            case "desc" -> SortOrder.DESC;
            case "asc" -> SortOrder.ASC;
            default -> throw Problems.malformed("order", "An order is desc, newest first, or asc, oldest first.");
        };
    }

    private static void requirePosition(String parameter, long position) {
        if (position < 0) {
            throw Problems.malformed(parameter, "A position is not negative.");
        }
    }
}
