package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whoever uses a role leaves a trace that admins read, and nobody else. */
class AuditTest extends SocketJourney {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void whatWasDoneByARoleAndWhatWasLookedAtIsKept() {
        Person admin = person();
        Person engineer = person();
        Person other = person();
        Client operator = product.anonymous().as(Product.OPERATOR_TOKEN);
        operator.post("/api/admin/admins", Map.of("username", admin.username()));
        String roles = "/api/users/" + engineer.id() + "/roles";
        assertThat(admin.client()
                        .put(roles, Map.of("roles", List.of("engineer")))
                        .status())
                .isEqualTo(200);
        assertThat(admin.client()
                        .put(roles, Map.of("roles", List.of("emperor")))
                        .status())
                .isEqualTo(422);
        assertThat(engineer.client().get("/api/admin/events?limit=1").status()).isEqualTo(200);
        assertThat(engineer.client().get("/api/admin/events/1").status()).isEqualTo(200);
        assertThat(engineer.client().get("/api/%61dmin/events?limit=1").status())
                .as("written otherwise it is the same")
                .isEqualTo(200);
        assertThat(engineer.client().get("/api/admin/projections").status()).isEqualTo(200);
        assertThat(engineer.client()
                        .post("/api/admin/projections/nothing/verify", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(admin.client().get("/api/users/" + other.id() + "/sessions").status())
                .isEqualTo(200);
        assertThat(other.client().get("/api/admin/audit").status()).isEqualTo(403);
        assertThat(engineer.client().get("/api/admin/audit").status()).isEqualTo(403);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(lines(admin, admin.id()))
                        .contains(
                                "PUT /api/users/{id}/roles 200",
                                "PUT /api/users/{id}/roles 422",
                                "GET /api/users/{id}/sessions 200",
                                "GET /api/admin/audit 200"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(lines(admin, engineer.id()))
                        .as("newest first, and nothing of how far projections are")
                        .containsExactly(
                                "POST /api/admin/projections/{name}/verify 404",
                                "GET /api/admin/events 200",
                                "GET /api/admin/events/{position} 200",
                                "GET /api/admin/events 200"));
        assertThat(lines(admin, other.id())).isEmpty();
        assertThat(lines(admin, "operator")).contains("POST /api/admin/admins 200");

        JsonNode change = items(admin, "?actor=" + admin.id())
                .filter(entry -> entry.path("status").asInt() == 422)
                .findFirst()
                .orElseThrow();
        assertThat(change.path("path").asString()).isEqualTo(roles);
        assertThat(change.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(change.path("personId").asString()).isEqualTo(admin.id());
        assertThat(change.path("at").asString()).isNotBlank();
        assertThat(stored(operator, change.path("position").asLong()))
                .as("the address is encrypted in the log")
                .doesNotContain("127.0.0.1");

        assertThat(items(admin, "?limit=1").count()).isEqualTo(1);
        Answer page = admin.client().get("/api/admin/audit?limit=2");
        Answer next = admin.client().get("/api/admin/audit?limit=2&cursor=" + page.text("nextCursor"));
        assertThat(next.body().at("/items/0/position").asLong())
                .isLessThan(page.body().at("/items/1/position").asLong());
    }

    @Test
    void whatModeratorsOfRoomsDidIsKept() {
        Person admin = person();
        product.anonymous().as(Product.OPERATOR_TOKEN).post("/api/admin/admins", Map.of("username", admin.username()));
        Person owner = person();
        Person member = person();
        String room = "/api/rooms/" + room(owner, "private", member);
        assertThat(member.client()
                        .send("PUT", room + "/bans/" + owner.id(), null)
                        .status())
                .isEqualTo(403);
        for (Person author : List.of(owner, member)) {
            String message = author.client()
                    .post(room + "/messages", Map.of("text", "Hello"))
                    .text("messageId");
            assertThat(owner.client()
                            .send("DELETE", room + "/messages/" + message, null)
                            .status())
                    .isEqualTo(204);
        }
        for (String role : List.of("moderator", "member")) {
            assertThat(owner.client()
                            .put(room + "/members/" + member.id(), Map.of("role", role))
                            .status())
                    .isEqualTo(204);
        }
        assertThat(owner.client().send("PATCH", room, "{\"topic\": \"Peace\"}").status())
                .isEqualTo(204);
        assertThat(owner.client().get(room).status()).isEqualTo(200);
        assertThat(owner.client()
                        .send("PUT", room + "/mutes/" + member.id(), "{}")
                        .status())
                .isEqualTo(204);
        assertThat(owner.client().get(room + "/reports").status()).isEqualTo(200);
        assertThat(owner.client()
                        .send("PUT", room + "/bans/" + member.id(), null)
                        .status())
                .isEqualTo(204);
        assertThat(owner.client().get(room + "/bans").status()).isEqualTo(200);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(lines(admin, owner.id()))
                        .as("one's own message is one's own affair, and so is whom one invites")
                        .containsExactly(
                                "GET /api/rooms/{roomId}/bans 200",
                                "PUT /api/rooms/{roomId}/bans/{userId} 204",
                                "GET /api/rooms/{roomId}/reports 200",
                                "PUT /api/rooms/{roomId}/mutes/{userId} 204",
                                "PATCH /api/rooms/{roomId} 204",
                                "PUT /api/rooms/{roomId}/members/{userId} 204",
                                "PUT /api/rooms/{roomId}/members/{userId} 204",
                                "DELETE /api/rooms/{roomId}/messages/{messageId} 204"));
        assertThat(lines(admin, member.id())).isEmpty();
    }

    private static String stored(Client operator, long position) {
        return operator.get("/api/admin/events/" + position).body().toString();
    }

    private static java.util.stream.Stream<JsonNode> items(Person admin, String query) {
        Answer answer = admin.client().get("/api/admin/audit" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body().path("items").valueStream();
    }

    private static List<String> lines(Person admin, String actor) {
        return items(admin, "?actor=" + actor)
                .map(entry -> "%s %s %d"
                        .formatted(
                                entry.path("method").asString(),
                                entry.path("route").asString(),
                                entry.path("status").asInt()))
                .toList();
    }
}
