package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.server.journey.Client.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a client lives through: every step over HTTP, against a started product on real servers. */
class JourneyTest extends SocketJourney {

    private static int hits(Person searcher, String room, Answer after) {
        return searcher.client()
                .get("/api/search?q=ahoy&roomId=" + room, "Veza-Min-Position", after(after))
                .body()
                .path("items")
                .size();
    }

    private static String after(Answer command) {
        return Long.toString(command.position());
    }

    @Test
    void logInAndLookAtOneself() {
        Person person = person();
        Answer login = login(person.username(), PASSWORD);
        assertThat(login.text("tokenType")).isEqualTo("Bearer");
        assertThat(login.body().path("expiresIn").asInt()).isPositive();
        assertThat(login.text("refreshToken")).isNotBlank();
        assertThat(login.body().path("user").path("id").asString()).isEqualTo(person.id());

        Answer me = person.client().get("/api/me", "Veza-Min-Position", after(login));
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.text("username")).isEqualTo(person.username());
        assertThat(me.position()).isGreaterThanOrEqualTo(login.position());
    }

    @Test
    void refreshOnceAndNeverTwice() {
        Person person = person();
        Answer login = login(person.username(), PASSWORD);
        String first = login.text("refreshToken");
        Answer refreshed = product.anonymous().post("/auth/refresh", Map.of("refreshToken", first));
        assertThat(refreshed.status()).as(refreshed.toString()).isEqualTo(200);
        Client client = product.anonymous().as(refreshed.text("accessToken"));
        assertThat(client.get("/api/me").status()).isEqualTo(200);

        assertThat(product.anonymous()
                        .post("/auth/refresh", Map.of("refreshToken", first))
                        .status())
                .isEqualTo(401);
        assertThat(client.get("/api/me").status()).as("reuse ends the session").isEqualTo(401);
    }

    @Test
    void logOutTakesEffectAtOnce() {
        Person person = person();
        assertThat(person.client().send("POST", "/auth/logout", null).status()).isEqualTo(204);
        Answer me = person.client().get("/api/me");
        assertThat(me.status()).isEqualTo(401);
        assertThat(me.problem()).isEqualTo("unauthenticated");
    }

    @Test
    void showAPicture() throws Exception {
        Person anna = person();
        Person ben = person();
        String room = room(anna, "public");
        ben.client().send("PUT", "/api/rooms/" + room + "/members/me", null);
        byte[] picture = {1, 2, 3};

        Answer offered = anna.client().post("/api/uploads", Map.of("contentType", "image/png", "size", picture.length));
        assertThat(offered.status()).as(offered.toString()).isEqualTo(201);
        String attachment = offered.text("attachmentId");
        try (HttpClient storage = HttpClient.newHttpClient()) {
            assertThat(storage.send(
                                    HttpRequest.newBuilder(URI.create(offered.text("uploadUrl")))
                                            .header("Content-Type", "image/png")
                                            .PUT(HttpRequest.BodyPublishers.ofByteArray(picture))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
            Answer sent = anna.client()
                    .post(
                            "/api/rooms/" + room + "/messages",
                            Map.of("text", "look", "attachments", List.of(attachment)));
            assertThat(sent.status()).as(sent.toString()).isEqualTo(201);

            Answer link = ben.client().get("/api/attachments/" + attachment, "Veza-Min-Position", after(sent));
            assertThat(link.status()).as(link.toString()).isEqualTo(302);
            var shown = storage.send(
                    HttpRequest.newBuilder(URI.create(
                                    link.headers().firstValue("Location").orElseThrow()))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(shown.statusCode()).isEqualTo(200);
            assertThat(shown.body()).isEqualTo(picture);
            assertThat(shown.headers().firstValue("Content-Type")).hasValue("image/png");
            assertThat(person().client().get("/api/attachments/" + attachment).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void talkInARoom() {
        Person anna = person();
        Person ben = person();
        String room = room(anna, "public");

        Answer refused = ben.client().post("/api/rooms/" + room + "/messages", Map.of("text", "let me in"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("not-a-member");

        Answer joined = ben.client().send("PUT", "/api/rooms/" + room + "/members/me", null);
        assertThat(joined.status()).as(joined.toString()).isBetween(200, 204);

        Answer sent = ben.client().post("/api/rooms/" + room + "/messages", Map.of("text", "Ahoy <b>there</b> ⛵"));
        assertThat(sent.status()).as(sent.toString()).isEqualTo(201);
        assertThat(sent.body().path("position").asLong()).isEqualTo(sent.position());

        Answer history = anna.client().get("/api/rooms/" + room + "/messages", "Veza-Min-Position", after(sent));
        assertThat(history.status()).as(history.toString()).isEqualTo(200);
        JsonNode message = history.body().path("items").path(0);
        assertThat(message.path("id").asString()).isEqualTo(sent.text("messageId"));
        assertThat(message.path("roomId").asString()).isEqualTo(room);
        assertThat(message.path("text").asString()).isEqualTo("Ahoy <b>there</b> ⛵");
        assertThat(message.path("position").asLong()).isEqualTo(sent.position());
        assertThat(message.path("sender").path("username").asString()).isEqualTo(ben.username());

        JsonNode mine = anna.client()
                .get("/api/rooms", "Veza-Min-Position", after(sent))
                .body()
                .path("items");
        assertThat(mine.path(0).path("id").asString()).isEqualTo(room);
        assertThat(mine.path(0).path("memberCount").asInt()).isEqualTo(2);
        assertThat(mine.path(0).path("unread").asInt()).isEqualTo(1);
        assertThat(hits(anna, room, sent)).isEqualTo(1);

        Answer left = ben.client().send("DELETE", "/api/rooms/" + room + "/members/me", null);
        assertThat(left.status()).as(left.toString()).isBetween(200, 204);
        assertThat(hits(ben, room, left))
                .as("what he said himself, but he is gone")
                .isZero();
        assertThat(ben.client()
                        .post("/api/rooms/" + room + "/messages", Map.of("text", "still here?"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void startAndStopAStream() {
        Person anna = person();
        Answer created = anna.client().post("/api/streams", Map.of("title", "Night harbour", "visibility", "public"));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        String id = created.text("streamId");
        assertThat(created.text("ingestUrl")).startsWith("ws://").endsWith("/live/" + id);
        assertThat(created.text("playbackUrl")).startsWith("http://");

        Answer stream = anna.client().get("/api/streams/" + id, "Veza-Min-Position", after(created));
        assertThat(stream.text("state")).isEqualTo("created");
        assertThat(stream.body().path("broadcaster").path("id").asString()).isEqualTo(anna.id());

        Person ben = person();
        assertThat(ben.client()
                        .send("POST", "/api/streams/" + id + "/stop", null)
                        .status())
                .isEqualTo(403);
        Answer stopped = anna.client().send("POST", "/api/streams/" + id + "/stop", null);
        assertThat(stopped.status()).as(stopped.toString()).isBetween(200, 204);
        JsonNode ended = ben.client()
                .get("/api/streams?state=ended", "Veza-Min-Position", after(stopped))
                .body()
                .path("items");
        assertThat(ended.path(0).path("id").asString()).isEqualTo(id);
        assertThat(ended.path(0).path("endedAt").asString()).endsWith("Z");
    }

    @Test
    void thePlatformIsHealthyAndSaysSo() {
        Answer health = product.anonymous().get("/api/health");
        assertThat(health.status()).as(health.toString()).isEqualTo(200);
        assertThat(health.body().path("parts").propertyNames())
                .contains(
                        "postgresPrimary",
                        "postgresReplica",
                        "postgresAnalytics",
                        "redis",
                        "nats",
                        "s3",
                        "projections");
    }
}
