package app.veza.query.identity.me;

import static app.veza.query.jooq.view.Tables.PEOPLE;

import app.veza.event.Erased;
import app.veza.query.http.Caller;
import app.veza.query.http.Reads;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/me}. */
@RestController
final class MyProfileEndpoint {

    private static final Set<String> PROJECTIONS = Set.of("people");

    private final Reads reads;

    MyProfileEndpoint(Reads reads) {
        this.reads = reads;
    }

    @GetMapping("/api/me")
    ResponseEntity<MyProfile> me(
            @AuthenticationPrincipal Jwt token,
            @RequestHeader(name = Reads.MIN_POSITION, required = false) @Nullable String minPosition) {
        Caller caller = Caller.of(token);
        return reads.answerExisting(
                PROJECTIONS, minPosition, "Your account does not exist.", snapshot -> profile(snapshot.sql(), caller));
    }

    private static Optional<MyProfile> profile(DSLContext sql, Caller caller) {
        return sql.select(PEOPLE.USERNAME, PEOPLE.DISPLAY_NAME)
                .from(PEOPLE)
                .where(PEOPLE.PERSON_ID.eq(caller.personId()))
                .and(PEOPLE.USERNAME_KEY.ne(Erased.TEXT))
                .fetchOptional(row -> new MyProfile(caller.personId(), row.value1(), row.value2(), caller.roles()));
    }
}
