package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who may do what, and how soon a change of that counts, on every node. */
class AccessJourneyTest extends SocketJourney {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PROMISED = Duration.ofSeconds(1);

    private static Answer roles(Person by, Person of, String... roles) {
        return by.client().put("/api/users/" + of.id() + "/roles", Map.of("roles", List.of(roles)));
    }

    private static List<String> names(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void rolesOpenRoutesAtOnceAndOnEveryNode() {
        Person anna = person();
        Person ben = person();
        Client operator = product.anonymous().as(Product.OPERATOR_TOKEN);

        assertThat(roles(anna, ben, "engineer").status()).isEqualTo(403);
        assertThat(anna.client()
                        .post("/api/admin/admins", Map.of("username", anna.username()))
                        .status())
                .isEqualTo(403);
        assertThat(operator.post("/api/admin/admins", Map.of("username", "nobody-at-all"))
                        .status())
                .isEqualTo(404);
        Answer granted = operator.post("/api/admin/admins", Map.of("username", anna.username()));
        assertThat(granted.status()).as(granted.toString()).isEqualTo(200);

        // With the token that she had before
        Answer given = roles(anna, ben, "engineer");
        assertThat(given.status()).as(given.toString()).isEqualTo(200);
        assertThat(names(given.body().path("roles"))).containsExactly("user", "engineer");
        assertThat(ben.client().get("/api/admin/events").status()).isEqualTo(200);
        assertThat(ben.client()
                        .post("/api/admin/admins", Map.of("username", ben.username()))
                        .status())
                .as("an engineer is not the operator")
                .isEqualTo(403);
        assertThat(ben.client().get("/api/analytics/anything").status()).isEqualTo(403);
        assertThat(names(ben.client().get("/api/me").body().path("roles"))).containsExactly("user", "engineer");
        Answer login = product.anonymous()
                .post("/auth/login", Map.of("username", ben.username(), "password", "correct horse battery"));
        assertThat(names(login.body().path("user").path("roles"))).containsExactly("user", "engineer");

        assertThat(roles(anna, ben, "emperor").text("detail")).contains("/roles/0");
        try (Product other = product.anotherNode(directory)) {
            Client there = other.anonymous().as(ben.token());
            assertThat(there.get("/api/admin/events").status()).isEqualTo(200);

            assertThat(roles(anna, ben, "user", "analyst").status()).isEqualTo(200);

            assertThat(ben.client().get("/api/admin/events").status()).isEqualTo(403);
            assertThat(ben.client().get("/api/analytics/anything").status()).isNotEqualTo(403);
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(there.get("/api/admin/events").status()).isEqualTo(403));
        }
    }

    @Test
    void sessionsAreListedAndEndedAtOnceAndOnEveryNode() {
        Person anna = person();
        Person phone = again(anna);
        Person laptop = again(anna);
        Person ben = person();
        try (Product other = product.anotherNode(directory)) {
            Client there = other.anonymous().as(phone.token());
            assertThat(there.get("/api/me").status()).isEqualTo(200);
            Socket ear = socket(phone, other);

            JsonNode listed = anna.client()
                    .get("/auth/sessions", "User-Agent", "journey")
                    .body()
                    .path("items");
            assertThat(listed).hasSize(3);
            JsonNode newest = listed.get(0);
            assertThat(newest.path("address").asString()).isEqualTo("127.0.0.1");
            assertThat(newest.path("startedAt").asString()).isNotBlank();
            assertThat(listed.valueStream().filter(one -> one.path("current").asBoolean()))
                    .hasSize(1);

            String phones = listed.get(1).path("id").asString();
            assertThat(ben.client()
                            .send("DELETE", "/auth/sessions/" + phones, null)
                            .status())
                    .isEqualTo(404);
            assertThat(ben.client().get("/api/users/" + anna.id() + "/sessions").status())
                    .isEqualTo(403);
            assertThat(anna.client()
                            .send("DELETE", "/auth/sessions/" + phones, null)
                            .status())
                    .isEqualTo(204);
            assertThat(there.letInFor("/api/me")).isLessThan(PROMISED);
            assertThat(phone.client().get("/api/me").status()).isEqualTo(401);
            assertThat(ear.closeCode(PATIENCE)).isEqualTo(4401);

            Person tablet = again(anna);
            Client hers = other.anonymous().as(tablet.token());
            assertThat(hers.get("/api/me").status()).isEqualTo(200);
            product.anonymous()
                    .as(Product.OPERATOR_TOKEN)
                    .post("/api/admin/admins", Map.of("username", ben.username()));
            Client admin = product.anonymous().as(ben.token());
            String tablets = admin.get("/api/users/" + anna.id() + "/sessions")
                    .body()
                    .at("/items/0/id")
                    .asString();
            assertThat(admin.send("DELETE", "/auth/sessions/" + tablets, null).status())
                    .isEqualTo(204);
            assertThat(hers.letInFor("/api/me")).isLessThan(PROMISED);
            Client laptops = other.anonymous().as(laptop.token());
            assertThat(laptops.get("/api/me").status()).isEqualTo(200);
            assertThat(anna.client().send("DELETE", "/auth/sessions", null).status())
                    .isEqualTo(204);
            assertThat(laptops.letInFor("/api/me")).isLessThan(PROMISED);
            assertThat(anna.client().get("/auth/sessions").body().path("items")).hasSize(1);
            Client annas = other.anonymous().as(anna.token());
            assertThat(annas.get("/api/me").status()).isEqualTo(200);
            assertThat(admin.send("DELETE", "/api/users/" + anna.id() + "/sessions", null)
                            .status())
                    .isEqualTo(204);
            assertThat(annas.letInFor("/api/me")).isLessThan(PROMISED);
        }

        assertThat(anna.client().get("/api/me").status()).isEqualTo(401);
        assertThat(laptop.client().get("/api/me").status()).isEqualTo(401);
    }

    /** By the roles of the route, and by a decision. */
    @Test
    void whatIsNotAllowedIsCounted() {
        Person ben = person();
        String room = room(person(), "public");
        double before = refusals();
        assertThat(ben.client().get("/api/admin/events").status()).isEqualTo(403);
        assertThat(ben.client()
                        .post("/api/rooms/" + room + "/messages", Map.of("text", "Let me in"))
                        .status())
                .isEqualTo(403);
        assertThat(ben.client().get("/api/me").status()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> refusals() - before == 2);
    }

    private static double refusals() {
        return product.part(MeterRegistry.class)
                .get("security.refusals")
                .counter()
                .count();
    }

    @Test
    void theKeyOfAccessTokensIsReplacedOnEveryNode() {
        Person anna = person();
        Answer login = product.anonymous()
                .post("/auth/login", Map.of("username", anna.username(), "password", "correct horse battery"));
        Client operator = product.anonymous().as(Product.OPERATOR_TOKEN);
        try (Product other = product.anotherNode(directory)) {
            Client there = other.anonymous().as(login.text("accessToken"));
            assertThat(there.get("/auth/sessions").status()).isEqualTo(200);
            assertThat(anna.client()
                            .post("/api/admin/signing-keys", Map.of("stolen", true))
                            .status())
                    .isEqualTo(403);

            Answer next = operator.post("/api/admin/signing-keys", Map.of("stolen", false));
            assertThat(next.status()).as(next.toString()).isEqualTo(201);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(keys(other)).hasSize(2).contains(next.text("keyId")));
            assertThat(there.get("/auth/sessions").status()).isEqualTo(200);

            Answer fresh = operator.post("/api/admin/signing-keys", Map.of("stolen", true));
            assertThat(keys(product)).containsExactly(fresh.text("keyId"));
            assertThat(anna.client().get("/auth/sessions").status()).isEqualTo(401);
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(there.get("/auth/sessions").status()).isEqualTo(401));
            Answer refreshed =
                    product.anonymous().post("/auth/refresh", Map.of("refreshToken", login.text("refreshToken")));
            assertThat(refreshed.status()).as(refreshed.toString()).isEqualTo(200);
            assertThat(other.anonymous()
                            .as(refreshed.text("accessToken"))
                            .get("/auth/sessions")
                            .status())
                    .isEqualTo(200);
        }
    }

    private static List<String> keys(Product node) {
        return node.anonymous()
                .get("/.well-known/jwks.json")
                .body()
                .path("keys")
                .valueStream()
                .map(key -> key.path("kid").asString())
                .toList();
    }

    private static Person again(Person person) {
        String token = product.anonymous()
                .post("/auth/login", Map.of("username", person.username(), "password", "correct horse battery"))
                .text("accessToken");
        return new Person(
                person.id(), person.username(), token, product.anonymous().as(token));
    }
}
