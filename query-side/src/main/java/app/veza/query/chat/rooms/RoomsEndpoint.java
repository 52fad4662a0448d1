package app.veza.query.chat.rooms;

import app.veza.query.chat.RoomReads;
import app.veza.query.http.Caller;
import app.veza.query.http.Listing;
import app.veza.query.http.Page;
import app.veza.query.http.Problems;
import app.veza.query.http.PublicUrl;
import app.veza.query.http.Reads;
import app.veza.query.http.Reads.Snapshot;
import app.veza.query.shape.MessageRows;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/rooms} and {@code GET /api/rooms/{id}}. */
@RestController
@RequestMapping("/api/rooms")
final class RoomsEndpoint {

    private static final Set<String> PROJECTIONS = Set.of("chat", "people");

    private final RoomReads reads;
    private final PublicUrl urls;

    RoomsEndpoint(RoomReads reads, PublicUrl urls) {
        this.reads = reads;
        this.urls = urls;
    }

    /**
     * @param scope {@code mine} or {@code public}
     * @param words beginnings of words in the name or the topic
     */
    @GetMapping
    ResponseEntity<Listing<Room>> list(
            @AuthenticationPrincipal Jwt token,
            @RequestParam(defaultValue = "mine") String scope,
            @RequestParam(name = "q", required = false) @Nullable String words,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestHeader(name = Reads.MIN_POSITION, required = false) @Nullable String minPosition) {
        Caller caller = Caller.of(token);
        Page page = Page.of("rooms " + scope + " " + words, limit, cursor);
        return reads.answer(caller.personId(), PROJECTIONS, minPosition, snapshot -> {
            RoomsQuery rooms = rooms(snapshot, caller);
            return switch (scope) {
                case "mine" -> rooms.mine(words, page);
                case "public" -> rooms.ofAll(words, page);
                default -> throw Problems.malformed("scope", "A scope is mine or public.");
            };
        });
    }

    @GetMapping("/{roomId}")
    ResponseEntity<Room> one(
            @AuthenticationPrincipal Jwt token,
            @PathVariable UUID roomId,
            @RequestHeader(name = Reads.MIN_POSITION, required = false) @Nullable String minPosition) {
        Caller caller = Caller.of(token);
        return reads.answer(
                caller.personId(),
                PROJECTIONS,
                minPosition,
                snapshot -> rooms(snapshot, caller)
                        .one(roomId)
                        .orElseThrow(() -> Problems.notFound("There is no such room.")));
    }

    private RoomsQuery rooms(Snapshot snapshot, Caller caller) {
        return new RoomsQuery(snapshot.sql(), caller.personId(), new MessageRows(urls, caller.personId()));
    }
}
