package app.veza.query.streaming.streams;

import app.veza.query.http.Caller;
import app.veza.query.http.Listing;
import app.veza.query.http.Page;
import app.veza.query.http.Problems;
import app.veza.query.http.Reads;
import app.veza.query.shape.LiveStream;
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

/** {@code GET /api/streams} and {@code GET /api/streams/{id}}. */
@RestController
@RequestMapping("/api/streams")
final class StreamsEndpoint {

    private static final Set<String> PROJECTIONS = Set.of("streams", "people");

    private final Reads reads;
    private final StreamLinks links;

    StreamsEndpoint(Reads reads, StreamLinks links) {
        this.reads = reads;
        this.links = links;
    }

    /** @param state {@code live} holds streams whose broadcaster is cut off for a moment; without it, all states */
    @GetMapping
    ResponseEntity<Listing<LiveStream>> list(
            @AuthenticationPrincipal Jwt token,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestHeader(name = Reads.MIN_POSITION, required = false) @Nullable String minPosition) {
        Caller caller = Caller.of(token);
        Set<String> states = states(state);
        Page page = Page.of("streams " + state, limit, cursor);
        return reads.answer(
                PROJECTIONS,
                minPosition,
                snapshot -> new StreamsQuery(snapshot.sql(), caller, links).list(states, page));
    }

    @GetMapping("/{streamId}")
    ResponseEntity<LiveStream> one(
            @AuthenticationPrincipal Jwt token,
            @PathVariable UUID streamId,
            @RequestHeader(name = Reads.MIN_POSITION, required = false) @Nullable String minPosition) {
        Caller caller = Caller.of(token);
        return reads.answer(
                PROJECTIONS,
                minPosition,
                snapshot -> new StreamsQuery(snapshot.sql(), caller, links)
                        .one(streamId)
                        .orElseThrow(() -> Problems.notFound("There is no such stream.")));
    }

    private static Set<String> states(@Nullable String state) {
        return switch (state) {
            case null -> Set.of("created", "live", "interrupted", "ended");
            case "live" -> Set.of("live", "interrupted");
            case "created", "ended" -> Set.of(state);
            default -> throw Problems.malformed("state", "A state is created, live or ended.");
        };
    }
}
