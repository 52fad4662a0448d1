package app.veza.query.identity.users;

import app.veza.query.http.Caller;
import app.veza.query.http.Listing;
import app.veza.query.http.Page;
import app.veza.query.http.Problems;
import app.veza.query.http.Reads;
import app.veza.query.shape.Person;
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

/** {@code GET /api/users} and {@code GET /api/users/{id}}. */
@RestController
@RequestMapping("/api/users")
final class UsersEndpoint {

    private static final Set<String> PROJECTIONS = Set.of("people");

    private final Reads reads;

    UsersEndpoint(Reads reads) {
        this.reads = reads;
    }

    /**
     * @param beginning of a username or display name
     * @param blocked true lists whom the caller blocks; else neither they nor who blocks the caller are found
     */
    @GetMapping
    ResponseEntity<Listing<Person>> list(
            @AuthenticationPrincipal Jwt token,
            @RequestParam(name = "q", required = false) @Nullable String beginning,
            @RequestParam(defaultValue = "false") boolean blocked,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestHeader(name = Reads.MIN_POSITION, required = false) @Nullable String minPosition) {
        UUID caller = Caller.of(token).personId();
        Page page = Page.of("users " + blocked + " " + beginning, limit, cursor);
        return reads.answer(
                PROJECTIONS,
                minPosition,
                snapshot -> new UsersQuery(snapshot.sql(), caller).list(beginning, blocked, page));
    }

    @GetMapping("/{id}")
    ResponseEntity<Person> one(
            @AuthenticationPrincipal Jwt token,
            @PathVariable UUID id,
            @RequestHeader(name = Reads.MIN_POSITION, required = false) @Nullable String minPosition) {
        UUID caller = Caller.of(token).personId();
        return reads.answer(
                PROJECTIONS,
                minPosition,
                snapshot -> new UsersQuery(snapshot.sql(), caller)
                        .one(id)
                        .orElseThrow(() -> Problems.notFound("There is no such person.")));
    }
}
