package app.veza.server.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client.Answer;
import app.veza.server.journey.HookServer.Hook;
import app.veza.server.journey.HookServer.Post;
import app.veza.server.journey.SocketJourney.Person;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A program that is told what happens, from its registration to its removal, on a node that may call this machine. */
class WebhookJourneyTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> OF_ROOMS =
            List.of("message.sent", "message.edited", "message.deleted", "member.joined", "member.left");

    @TempDir
    static Path directory;

    private static Product product;
    private static HookServer hooks;

    @BeforeAll
    static void start() throws IOException {
        product = new Product(
                directory, Map.of("veza.webhooks.allow-http", "true", "veza.webhooks.allowed-networks", "127.0.0.0/8"));
        hooks = new HookServer();
    }

    @AfterAll
    static void stop() {
        hooks.close();
        product.close();
    }

    private static Answer register(Person owner, Hook hook, String room, List<String> types, String... headers) {
        Map<String, Object> body = new HashMap<>(Map.of("url", hook.url(), "types", types, "description", "Engine"));
        if (room != null) {
            body.put("roomId", room);
        }
        Answer registered = owner.client().post("/api/webhooks", body, headers);
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        return registered;
    }

    private static Answer say(Person person, String room, String text) {
        Answer said = person.client().post("/api/rooms/" + room + "/messages", Map.of("text", text));
        assertThat(said.status()).as(said.toString()).isEqualTo(201);
        return said;
    }

    private static JsonNode shown(Person person, String webhook) {
        Answer shown = person.client().get("/api/webhooks/" + webhook);
        assertThat(shown.status()).as(shown.toString()).isEqualTo(200);
        return shown.body();
    }

    private static void assertIsAsDocumented(Post post) {
        JsonNode body = product.anonymous()
                .get("/openapi.json")
                .body()
                .path("webhooks")
                .path(post.type())
                .at("/post/requestBody/content/application~1json/schema");
        assertThat(body.at("/properties/type/const").asString()).isEqualTo(post.type());
        assertThat(body.path("required").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrderElementsOf(post.body().propertyNames());
        assertThat(body.at("/properties/data/required").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrderElementsOf(post.body().path("data").propertyNames());
    }

    @Test
    void isToldWhatHappensInARoom() {
        Person anna = SocketJourney.person(product);
        Person ben = SocketJourney.person(product);
        String room = SocketJourney.room(anna, "public");
        Hook hook = hooks.hook();
        Answer registered = register(anna, hook, room, OF_ROOMS);
        String secret = registered.text("secret");
        assertThat(registered.headers().firstValue("Cache-Control")).hasValue("no-store");

        ben.client().send("PUT", "/api/rooms/" + room + "/members/me", null);
        Post joined = hook.next(1);
        assertThat(joined.type()).isEqualTo("member.joined");
        assertThat(joined.isSignedWith(secret)).isTrue();
        assertThat(joined.body().at("/data/person/username").asString()).isEqualTo(ben.username());
        assertThat(joined.body().at("/data/role").asString()).isEqualTo("member");

        Answer said = say(ben, room, "Ahoy <b>there</b> \u26f5");
        Post sent = hook.next(2);
        ObjectNode read = ben.client()
                .get("/api/rooms/" + room + "/messages", "Veza-Min-Position", Long.toString(said.position()))
                .body()
                .at("/items/0")
                .asObject()
                .deepCopy();
        read.remove("myReactions");
        assertThat(sent.type()).isEqualTo("message.sent");
        assertThat(sent.isSignedWith(secret)).isTrue();
        assertThat(sent.body().path("timestamp").asString())
                .isEqualTo(read.path("sentAt").asString());
        assertThat(sent.body().path("data").propertyNames()).containsExactlyInAnyOrder("position", "roomId", "message");
        assertThat(sent.body().at("/data/position").asLong()).isEqualTo(said.position());
        assertThat(sent.body().at("/data/message")).isEqualTo(read);

        String message = "/api/rooms/" + room + "/messages/" + said.text("messageId");
        ben.client().send("PATCH", message, "{\"text\":\"Ahoy\"}");
        assertThat(hook.next(3).body().at("/data/message/text").asString()).isEqualTo("Ahoy");
        ben.client().send("DELETE", message, null);
        Post deleted = hook.next(4);
        assertThat(deleted.type()).isEqualTo("message.deleted");
        assertThat(deleted.raw()).doesNotContain("Ahoy");
        ben.client().send("DELETE", "/api/rooms/" + room + "/members/me", null);
        assertThat(hook.next(5).type()).isEqualTo("member.left");
        hook.posts().forEach(WebhookJourneyTest::assertIsAsDocumented);
    }

    @Test
    void isChangedSignedAnewAndRemoved() {
        Person anna = SocketJourney.person(product);
        String room = SocketJourney.room(anna, "private");
        Hook hook = hooks.hook();
        Answer registered = register(anna, hook, room, List.of("message.sent"));
        String webhook = registered.text("webhookId");
        say(anna, room, "one");
        hook.next(1);

        Answer rotated = anna.client().send("POST", "/api/webhooks/" + webhook + "/secret", null);
        assertThat(rotated.status()).as(rotated.toString()).isEqualTo(200);
        assertThat(rotated.text("secret")).startsWith("whsec_").isNotEqualTo(registered.text("secret"));
        say(anna, room, "two");
        Post two = hook.next(2);
        assertThat(two.isSignedWith(registered.text("secret"))).isTrue();
        assertThat(two.isSignedWith(rotated.text("secret"))).isTrue();
        assertThat(two.headers().firstValue("webhook-id"))
                .isNotEqualTo(hook.next(1).headers().firstValue("webhook-id"));

        Hook elsewhere = hooks.hook();
        Answer moved = anna.client()
                .send("PATCH", "/api/webhooks/" + webhook, JSON.writeValueAsString(Map.of("url", elsewhere.url())));
        assertThat(moved.status()).as(moved.toString()).isEqualTo(204);
        say(anna, room, "three");
        assertThat(elsewhere.next(1).body().at("/data/message/text").asString()).isEqualTo("three");

        assertThat(anna.client()
                        .send("DELETE", "/api/webhooks/" + webhook, null)
                        .status())
                .isEqualTo(204);
        assertThat(anna.client().get("/api/webhooks/" + webhook).status()).isEqualTo(404);
        assertThat(anna.client().get("/api/webhooks").body().path("items")).isEmpty();
        Hook beside = hooks.hook();
        register(anna, beside, room, List.of("message.sent"));
        say(anna, room, "four");
        elsewhere.isToldNoMoreThan(1, beside);
        assertThat(hook.posts()).hasSize(2);
    }

    @Test
    void isShownToItsOwnerWithoutTheSecret() throws Exception {
        Person anna = SocketJourney.person(product);
        String room = SocketJourney.room(anna, "private");
        Hook hook = hooks.hook();
        Answer first = register(anna, hook, room, List.of("message.sent"), "Idempotency-Key", "k-1");
        Answer again = register(anna, hook, room, List.of("message.sent"), "Idempotency-Key", "k-1");
        assertThat(again.body()).as("repeated").isEqualTo(first.body());
        Answer second = register(anna, hooks.hook(), null, List.of("stream.stopped", "stream.started"));
        String secret = first.text("secret");

        Answer page = anna.client().get("/api/webhooks?limit=1");
        assertThat(page.body().at("/items/0/id").asString()).isEqualTo(second.text("webhookId"));
        assertThat(page.body().at("/items/0/types").valueStream().map(JsonNode::asString))
                .containsExactly("stream.started", "stream.stopped");
        Answer rest = anna.client().get("/api/webhooks?limit=1&cursor=" + page.text("nextCursor"));
        assertThat(rest.body().path("items")).hasSize(1);
        assertThat(rest.body().path("nextCursor").isNull()).isTrue();
        JsonNode one = rest.body().at("/items/0");
        assertThat(one).isEqualTo(shown(anna, first.text("webhookId")));
        assertThat(one.path("url").asString()).isEqualTo(hook.url());
        assertThat(one.path("roomId").asString()).isEqualTo(room);
        assertThat(one.path("description").asString()).isEqualTo("Engine");
        assertThat(one.path("state").asString()).isEqualTo("active");
        assertThat(one.toString()).doesNotContain(secret, "whsec_");

        String events = product.events("notification.WebhookRegistered", "webhook:" + first.text("webhookId"))
                .toString();
        assertThat(events).contains(first.text("webhookId")).doesNotContain(secret, hook.url());
        String exported = new String(
                ExportTest.export(anna.client(), anna.token()).get("history/notification.WebhookRegistered.json"),
                UTF_8);
        assertThat(exported).contains(hook.url()).doesNotContain(secret, "whsec_");
    }

    @Test
    void saysThatItIsGoneAndComesBack() {
        Person anna = SocketJourney.person(product);
        Hook hook = hooks.hook();
        hook.answer(410);
        String webhook = register(anna, hook, null, List.of("stream.stopped")).text("webhookId");
        String test = "/api/webhooks/" + webhook + "/test";
        Answer tested = anna.client().send("POST", test, null);
        assertThat(tested.status()).as(tested.toString()).isEqualTo(202);
        assertThat(hook.next(1).type()).isEqualTo("webhook.test");
        await().untilAsserted(() -> {
            JsonNode shown = shown(anna, webhook);
            assertThat(shown.path("state").asString()).isEqualTo("disabled");
            assertThat(shown.path("disabledBecause").asString()).isEqualTo("gone");
            assertThat(shown.at("/lastAnswer/answer").asString()).isEqualTo("410");
        });
        Answer refused = anna.client().send("POST", test, null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("webhook-disabled");

        hook.answer(204);
        assertThat(anna.client()
                        .send("PATCH", "/api/webhooks/" + webhook, "{\"enabled\":true}")
                        .status())
                .isEqualTo(204);
        String stream =
                anna.client().post("/api/streams", Map.of("title", "Harbour")).text("streamId");
        anna.client().send("POST", "/api/streams/" + stream + "/stop", null);
        Post stopped = hook.next(2);
        assertThat(stopped.type()).isEqualTo("stream.stopped");
        assertThat(stopped.body().at("/data/stream/id").asString()).isEqualTo(stream);
        assertThat(stopped.body().at("/data/stream/state").asString()).isEqualTo("ended");
        await().untilAsserted(() -> assertThat(
                        shown(anna, webhook).at("/lastAnswer/answer").asString())
                .isEqualTo("204"));
        hook.posts().forEach(WebhookJourneyTest::assertIsAsDocumented);
        assertThat(prometheus()).contains("veza_webhooks_posts_total{answer=\"4xx\"", "veza_webhooks_oldest_seconds");
    }

    private static String prometheus() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI metrics = URI.create(product.anonymous().base() + "/actuator/prometheus");
            return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void isForOwnersAndToldNothingMoreWhenTheyAreNone() {
        Person anna = SocketJourney.person(product);
        Person ben = SocketJourney.person(product);
        String room = SocketJourney.room(anna, "private", ben);
        Map<String, ?> bens = Map.of("url", hooks.hook().url(), "types", List.of("message.sent"), "roomId", room);
        assertThat(ben.client().post("/api/webhooks", bens).status()).isEqualTo(403);
        assertThat(SocketJourney.person(product)
                        .client()
                        .post("/api/webhooks", bens)
                        .status())
                .isEqualTo(404);
        Hook hook = hooks.hook();
        register(anna, hook, room, List.of("message.sent"));
        String members = "/api/rooms/" + room + "/members/";
        assertThat(anna.client()
                        .send("PUT", members + ben.id(), "{\"role\":\"owner\"}")
                        .status())
                .isBetween(200, 299);
        say(ben, room, "heard");
        hook.next(1);

        assertThat(ben.client()
                        .send("PUT", members + anna.id(), "{\"role\":\"moderator\"}")
                        .status())
                .isBetween(200, 299);
        Hook beside = hooks.hook();
        register(ben, beside, room, List.of("message.sent"));
        say(ben, room, "not heard");
        hook.isToldNoMoreThan(1, beside);
    }

    @Test
    void isToldNothingMoreWhenItsOwnerIsErased() {
        Person anna = SocketJourney.person(product);
        Person ben = SocketJourney.person(product);
        String room = SocketJourney.room(anna, "private", ben);
        Hook hook = hooks.hook();
        String webhook = register(anna, hook, room, List.of("message.sent")).text("webhookId");
        anna.client().send("PUT", "/api/rooms/" + room + "/members/" + ben.id(), "{\"role\":\"owner\"}");
        Answer erased = anna.client().send("DELETE", "/api/me", null);
        assertThat(erased.status()).isEqualTo(202);

        Hook beside = hooks.hook();
        register(ben, beside, room, List.of("message.sent"));
        say(ben, room, "not heard");
        hook.isToldNoMoreThan(0, beside);
        assertThat(product.events("notification.WebhookRegistered", "webhook:" + webhook)
                        .toString())
                .doesNotContain(hook.url());
    }

    @Test
    void whereItMayNotBeItIsNotEvenHere() {
        Person anna = SocketJourney.person(product);
        assertThatThrownBy(() -> InetAddress.getByName("inner.invalid")).isInstanceOf(IOException.class);
        for (String url : List.of("http://10.0.0.1:8080/", "http://169.254.169.254/latest", "http://inner.invalid/")) {
            Answer refused =
                    anna.client().post("/api/webhooks", Map.of("url", url, "types", List.of("stream.started")));
            assertThat(refused.status()).as(url).isEqualTo(422);
        }
    }
}
