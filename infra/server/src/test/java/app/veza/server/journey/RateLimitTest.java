package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client.Answer;
import app.veza.stores.Redis;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two nodes behind a proxy on this machine: whoever comes too often is told so by both, and nobody else is. */
class RateLimitTest {

    private static final String PASSWORD = "correct horse battery";
    private static final String NOT_YET = "There is no such thing here, or not yet.";
    private static final AtomicInteger PLAYERS = new AtomicInteger();

    @TempDir
    static Path directory;

    private static Product product;
    private static Product another;

    @BeforeAll
    static void start() {
        product = new Product(
                directory,
                Map.of(
                        "veza.ratelimit.enabled", "true",
                        "veza.http.trusted-proxies", "127.0.0.0/8",
                        "veza.ratelimit.person.reads", "6/10h",
                        "veza.ratelimit.person.commands", "3/10h",
                        "veza.ratelimit.address.reads", "20/10h",
                        "veza.ratelimit.address.auth", "8/10h",
                        "veza.ratelimit.address.sockets", "5/10h",
                        "veza.ratelimit.address.media", "5/10h",
                        "veza.ratelimit.person.written", "12000/10h",
                        "veza.ratelimit.person.uploaded", "50000000/10h"));
        another = product.anotherNode(directory);
    }

    @AfterAll
    static void stop() {
        another.close();
        product.close();
    }

    @Test
    void aPersonHasOneLimitOnAllNodesAndFromAllAddresses() {
        String token = person("limited", "192.0.2.1");
        for (int i = 0; i < 6; i++) {
            Client client = (i % 2 == 0 ? product : another).anonymous().as(token);
            Answer read = client.get("/api/me", "X-Forwarded-For", "192.0.2." + (10 + i));
            assertThat(read.status()).as(read.toString()).isEqualTo(200);
            assertThat(read.headers().firstValue("RateLimit-Policy").orElseThrow())
                    .isEqualTo("\"reads-person\";q=6;w=36000, \"reads-address\";q=20;w=36000");
            assertThat(read.headers().firstValue("RateLimit").orElseThrow())
                    .startsWith("\"reads-person\";r=%d;t=".formatted(5 - i));
        }
        for (Product node : List.of(product, another)) {
            Answer refused = node.anonymous().as(token).get("/api/me", "X-Forwarded-For", "192.0.2.99");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.problem()).isEqualTo("too-many-requests");
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(5_000L, 6_000L);
        }
        assertThat(product.anonymous()
                        .as(token)
                        .send("PATCH", "/api/me", "{\"displayName\":\"Still\"}", "X-Forwarded-For", "192.0.2.99")
                        .status())
                .as("another class of routes has its own")
                .isLessThan(300);
    }

    @Test
    void anAddressHasOneLimitWhoeverComesFromIt() {
        String[] from = {"X-Forwarded-For", "198.51.100.7"};
        String token = person("neighbour", "192.0.2.2");
        for (int i = 0; i < 20; i++) {
            Answer answer =
                    switch (i % 4) {
                        case 0 -> product.anonymous().get("/openapi.json", from);
                        case 1 -> another.anonymous().as("a.b.c").get("/api/me", from);
                        case 2 -> product.anonymous().get("/api/me", from);
                        default -> another.anonymous().as(token).get("/api/rooms", from);
                    };
            assertThat(answer.status()).as(answer.toString()).isIn(200, 401);
        }
        for (Client client : List.of(
                product.anonymous(),
                another.anonymous().as("a.b.c"),
                product.anonymous().as(token))) {
            assertThat(client.get("/api/me", from).status()).isEqualTo(429);
        }
        assertThat(product.anonymous()
                        .as(token)
                        .get("/api/me", "X-Forwarded-For", "198.51.100.8")
                        .status())
                .as("its person goes on from elsewhere")
                .isEqualTo(200);
        assertThat(product.anonymous().get("/api/health", from).status())
                .as("probes are always answered")
                .isEqualTo(200);
    }

    @Test
    void whoWritesAPathOtherwiseGainsNothing() {
        Answer answer = product.anonymous()
                .post(
                        "/auth/%6cogin",
                        Map.of("username", "nobody", "password", PASSWORD), "X-Forwarded-For", "192.0.2.77");
        assertThat(answer.headers().firstValue("RateLimit-Policy").orElseThrow())
                .startsWith("\"auth-address\"");
    }

    @Test
    void whoeverMakesAnAddressUpGainsNothing() {
        for (int i = 0; i < 8; i++) {
            Answer login = logIn("nobody", "203.0.113." + i + ", 198.51.100.50");
            assertThat(login.status()).as(login.toString()).isIn(401, 429);
        }
        Answer refused = logIn("nobody", "203.0.113.77, 198.51.100.50");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("detail")).contains("auth-address");
    }

    /** Counted before a token is looked at, on both nodes together. */
    @Test
    void anAddressOpensSocketsSoOftenOnly() {
        String token = person("socketed", "192.0.2.200");
        for (int i = 0; i < 5; i++) {
            assertThat(handshake(i % 2 == 0 ? product : another, token, "192.0.2.201"))
                    .isEqualTo(101);
        }
        assertThat(handshake(product, token, "192.0.2.201")).isEqualTo(429);
        assertThat(handshake(another, "nobody's", "192.0.2.201")).isEqualTo(429);
        assertThat(handshake(another, token, "192.0.2.202")).isEqualTo(101);
        assertThat(handshake(another, "nobody's", "192.0.2.202")).isEqualTo(401);
    }

    /** Each node counts alone, whatever is fetched, and takes a customer's IPv6 network for one address. */
    @Test
    void anAddressFetchesMediaSoOftenOnly() {
        String stream = "/live/0190a000-0000-7000-8000-000000000000/";
        for (int i = 0; i < 5; i++) {
            String file = i % 2 == 0 ? "master.m3u8" : "recording.m4a";
            Answer answer = product.anonymous().get(stream + file, "X-Forwarded-For", "2001:db8:0:7::" + i);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
        }
        Answer refused = product.anonymous().get(stream + "master.m3u8", "X-Forwarded-For", "2001:db8:0:7::77");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.problem()).isEqualTo("too-many-requests");
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(7_000L, 7_200L);
        assertThat(product.anonymous()
                        .get(stream + "master.m3u8", "X-Forwarded-For", "2001:db8:0:8::1")
                        .status())
                .isEqualTo(404);
        assertThat(another.anonymous()
                        .get(stream + "master.m3u8", "X-Forwarded-For", "2001:db8:0:7::1")
                        .status())
                .isEqualTo(404);
    }

    /** Of the same six as over HTTP: who subscribes has the log looked through. */
    @Test
    void aPersonSubscribesSoOftenOnlyOverAllSockets() {
        String token = person("curious", "192.0.2.230");
        String room = room(token, "192.0.2.231");
        Map<String, Object> seen = Map.of("roomId", room, "from", 1);
        try (Socket here = Socket.open("ws://" + product.gateway() + "/ws", token);
                Socket there = Socket.open("ws://" + another.gateway() + "/ws", token)) {
            for (int i = 0; i < 6; i++) {
                JsonNode subscribed = (i % 2 == 0 ? here : there).ask("room.subscribe", seen);
                assertThat(subscribed.path("type").asString())
                        .as("%s", subscribed)
                        .isEqualTo("subscribed");
            }
            for (Socket socket : List.of(here, there)) {
                assertThat(SocketJourney.problem(socket.ask("room.subscribe", seen)))
                        .isEqualTo("too-many-requests");
                assertThat(SocketJourney.problem(socket.ask("presence.watch", Map.of("userIds", List.of()))))
                        .isEqualTo("too-many-requests");
            }
        }
    }

    /** Of the same three as over HTTP, however many sockets they have and wherever; what is no command does not count among them. */
    @Test
    void aPersonSendsSoManyCommandsOverAllSockets() {
        String token = person("talkative", "192.0.2.220");
        String room = room(token, "192.0.2.221");
        Map<String, String> message = Map.of("roomId", room, "text", "Ahoy");
        try (Socket here = Socket.open("ws://" + product.gateway() + "/ws", token);
                Socket there = Socket.open("ws://" + another.gateway() + "/ws", token)) {
            SocketJourney.accepted(here.ask("message.send", message));
            SocketJourney.accepted(there.ask("message.send", message));

            for (Socket socket : List.of(here, there)) {
                JsonNode refused = socket.ask("message.send", message);
                assertThat(SocketJourney.problem(refused)).isEqualTo("too-many-requests");
                assertThat(refused.at("/problem/status").asInt()).isEqualTo(429);
                assertThat(refused.at("/problem/retryAfter").asLong()).isBetween(11_000L, 12_000L);
                SocketDocument.check(List.of(refused));
                SocketJourney.accepted(socket.ask("typing.start", Map.of("roomId", room)));
                SocketJourney.accepted(socket.ask("presence.watch", Map.of("userIds", List.of())));
            }
        }
        assertThat(another.anonymous()
                        .as(token)
                        .send("PATCH", "/api/rooms/" + room, "{\"name\":\"Pier\"}", "X-Forwarded-For", "192.0.2.222")
                        .status())
                .isEqualTo(429);
    }

    /** However few requests it comes in. */
    @Test
    void aPersonWritesSoMuchOnlyOverHttpAndSockets() {
        String token = person("verbose", "192.0.2.240");
        String room = room(token, "192.0.2.241");
        Map<String, String> message = Map.of("roomId", room, "text", "a".repeat(9_000));
        try (Socket socket = Socket.open("ws://" + product.gateway() + "/ws", token)) {
            SocketJourney.accepted(socket.ask("message.send", message));
            JsonNode refused = socket.ask("message.send", message);
            assertThat(SocketJourney.problem(refused)).isEqualTo("too-many-requests");
            assertThat(refused.at("/problem/retryAfter").asLong()).isBetween(1_000L, 30_000L);
        }
        Answer tooMuch = another.anonymous()
                .as(token)
                .post("/api/rooms/" + room + "/messages", message, "X-Forwarded-For", "192.0.2.242");
        assertThat(tooMuch.status()).isEqualTo(429);
        assertThat(tooMuch.text("detail")).contains("12000 bytes of 'written-person'");
        assertThat(tooMuch.headers().firstValue("RateLimit-Policy").orElseThrow())
                .contains("\"written-person\";q=12000;qu=\"content-bytes\";w=36000");
        assertThat(another.anonymous()
                        .as(token)
                        .post(
                                "/api/rooms/" + room + "/messages",
                                Map.of("text", "In short"),
                                "X-Forwarded-For",
                                "192.0.2.242")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aPersonUploadsSoManyBytesOnly() {
        String token = person("collector", "192.0.2.245");
        Map<String, Object> large = Map.of("contentType", "video/mp4", "size", 25_000_000);
        for (Product node : List.of(product, another)) {
            assertThat(upload(node, token, large).status()).isEqualTo(201);
        }
        Answer refused = upload(product, token, large);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.problem()).isEqualTo("too-many-requests");
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(17_000L, 18_000L);
    }

    private static Answer upload(Product node, String token, Map<String, Object> file) {
        return node.anonymous().as(token).post("/api/uploads", file, "X-Forwarded-For", "192.0.2.246");
    }

    private static String room(String token, String address) {
        return product.anonymous()
                .as(token)
                .post("/api/rooms", Map.of("name", "Quay", "visibility", "public"), "X-Forwarded-For", address)
                .text("roomId");
    }

    /** Each from an address of their own. @return why there is nothing yet */
    private static String player(String stream) {
        return another.anonymous()
                .get("/live/" + stream + "/64k/index.m3u8", "X-Forwarded-For", "198.18.0." + PLAYERS.incrementAndGet())
                .text("detail");
    }

    /** What many players ask one node for it asks another one for, from one address. */
    @Test
    void whatANodeFetchesForPlayersIsChargedToNobody() {
        String token = person("broadcasting", "192.0.2.210");
        String stream = product.anonymous()
                .as(token)
                .post("/api/streams", Map.of("title", "Jazz"), "X-Forwarded-For", "192.0.2.210")
                .text("streamId");
        String owner = product.property("veza.redis.key-prefix") + "live-owner:" + stream;
        product.part(Redis.class)
                .connection()
                .sync()
                .set(owner, product.anonymous().base());
        // Until its node knows of the stream it asks nobody
        await().atMost(Duration.ofSeconds(60)).until(() -> player(stream).equals(NOT_YET));
        for (int i = 0; i < 8; i++) {
            assertThat(player(stream)).isEqualTo(NOT_YET);
        }
    }

    /** Status of the answer; a refusal says when to come again. */
    private static int handshake(Product node, String token, String address) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + token)
                    .header("X-Forwarded-For", address)
                    .buildAsync(URI.create("ws://" + node.gateway() + "/ws"), new WebSocket.Listener() {})
                    .join()
                    .abort();
            return 101;
        } catch (CompletionException refused) {
            var answer = ((WebSocketHandshakeException) refused.getCause()).getResponse();
            assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(answer.statusCode() == 429);
            return answer.statusCode();
        }
    }

    private static Answer logIn(String username, String forwarded) {
        return product.anonymous()
                .post("/auth/login", Map.of("username", username, "password", PASSWORD), "X-Forwarded-For", forwarded);
    }

    private static String person(String username, String address) {
        Answer registered = product.anonymous()
                .post(
                        "/auth/register",
                        Map.of("username", username, "email", username + "@example.org", "password", PASSWORD),
                        "X-Forwarded-For",
                        address);
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        return logIn(username, address).text("accessToken");
    }
}
