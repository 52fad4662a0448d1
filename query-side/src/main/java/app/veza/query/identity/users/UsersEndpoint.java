package app.veza.query.identity.users;

import app.veza.query.http.Listing;
import app.veza.query.http.Page;
import app.veza.query.http.Problems;
import app.veza.query.http.Reads;
import app.veza.query.shape.Person;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
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

    @GetMapping
    ResponseEntity<Listing<Person>> list(
            @RequestParam(name = "q", required = false) @Nullable String beginning,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestHeader(name = Reads.MIN_POSITION, required = false) @Nullable String minPosition) {
        Page page = Page.of("users " + beginning, limit, cursor);
        return reads.answer(PROJECTIONS, minPosition, snapshot -> UsersQuery.list(snapshot.sql(), beginning, page));
    }

    @GetMapping("/{id}")
    ResponseEntity<Person> one(
            @PathVariable UUID id,
            @RequestHeader(name = Reads.MIN_POSITION, required = false) @Nullable String minPosition) {
        return reads.answer(
                PROJECTIONS,
                minPosition,
                snapshot -> UsersQuery.one(snapshot.sql(), id)
                        .orElseThrow(() -> Problems.notFound("There is no such person.")));
    }
}
