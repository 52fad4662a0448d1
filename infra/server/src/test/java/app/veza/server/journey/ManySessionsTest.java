package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.server.journey.Client.Answer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** People who signed in more often than sessions fit into one append, as was possible once. */
class ManySessionsTest extends SocketJourney {

    private static final int SESSIONS = 2_000;
    private static final int PAGE = 100;
    private static final String NEXT = "second horse battery";

    private static Person often() {
        Person person = person();
        FormerSessions.begin(product, person.id(), Duration.ofDays(1), SESSIONS);
        return person;
    }

    /** Of all pages, each session once. */
    private static int sessions(Person person) {
        Set<String> ids = new HashSet<>();
        String cursor = "";
        do {
            JsonNode page = person.client().get("/auth/sessions" + cursor).body();
            assertThat(page.path("items")).hasSizeLessThanOrEqualTo(PAGE);
            for (JsonNode session : page.path("items")) {
                assertThat(ids.add(session.path("id").asString())).isTrue();
            }
            cursor = page.path("nextCursor").isNull()
                    ? ""
                    : "?cursor=" + page.path("nextCursor").asString();
        } while (!cursor.isEmpty());
        return ids.size();
    }

    /** What began with its token is the oldest: it goes on all the same. */
    @Test
    void aPasswordIsChangedAndAllOtherSessionsEnd() {
        Person person = often();
        assertThat(sessions(person)).isEqualTo(SESSIONS + 1);
        Answer changed =
                person.client().post("/auth/password", Map.of("currentPassword", PASSWORD, "newPassword", NEXT));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(204);
        assertThat(sessions(person)).isEqualTo(1);
    }

    @Test
    void allOtherSessionsAreEndedByTheirPersonAndAllByAnAdmin() {
        Person admin = person();
        product.anonymous().as(Product.OPERATOR_TOKEN).post("/api/admin/admins", Map.of("username", admin.username()));
        Person person = often();
        Answer others = person.client().send("DELETE", "/auth/sessions", null);
        assertThat(others.status()).as(others.toString()).isEqualTo(204);
        assertThat(sessions(person)).isEqualTo(1);

        Person other = often();
        Answer all = admin.client().send("DELETE", "/api/users/" + other.id() + "/sessions", null);
        assertThat(all.status()).as(all.toString()).isEqualTo(204);
        Answer left = admin.client()
                .get("/api/users/" + other.id() + "/sessions", "Veza-Min-Position", Long.toString(all.position()));
        assertThat(left.body().toString()).isEqualTo("{\"items\":[],\"nextCursor\":null}");
        assertThat(left.position()).isGreaterThanOrEqualTo(all.position());
    }

    @Test
    void whoHasMoreThanOneAppendTakesIsErased() {
        Person person = often();
        Answer erased = person.client().send("DELETE", "/api/me", null);
        assertThat(erased.status()).as(erased.toString()).isEqualTo(202);
        assertThat(person.client().get("/api/me").status()).isEqualTo(401);
    }

    /** A position that is none yet is waited for, as by every read. */
    @Test
    void sessionsAreNoOlderThanTheClientWantsThem() {
        Person person = person();
        for (String path : List.of("/auth/sessions", "/auth/totp", "/api/me/providers")) {
            long reached = person.client().get(path).position();
            Answer early = person.client().get(path, "Veza-Min-Position", Long.toString(reached + 1_000));
            assertThat(early.status()).as(early.toString()).isEqualTo(503);
            assertThat(early.problem()).isEqualTo("position-not-reached");
            assertThat(person.client().get(path, "Veza-Min-Position", "soon").status())
                    .isEqualTo(400);
        }
        for (String query : List.of("?limit=0", "?limit=101", "?cursor=elsewhere")) {
            assertThat(person.client().get("/auth/sessions" + query).status()).isEqualTo(400);
        }
    }
}
