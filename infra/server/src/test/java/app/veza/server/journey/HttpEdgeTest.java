package app.veza.server.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.Tag;
import app.veza.server.journey.Client.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What careless, hostile and impatient clients get to see: a clear problem each, whatever they send. */
class HttpEdgeTest {

    private static final String PROBLEM = "application/problem+json";

    @TempDir
    static Path directory;

    private static Product product;
    private static Client client;
    private static String refreshToken;
    private static String messages;

    @BeforeAll
    static void start() {
        product = new Product(directory);
        Map<String, String> account =
                Map.of("username", "edge", "email", "edge@example.org", "password", "correct horse battery");
        assertThat(product.anonymous().post("/auth/register", account).status()).isEqualTo(201);
        Answer login = product.anonymous().post("/auth/login", account);
        client = product.anonymous().as(login.text("accessToken"));
        refreshToken = login.text("refreshToken");
        Answer room = client.post("/api/rooms", Map.of("name", "Edge", "visibility", "public"));
        messages = "/api/rooms/" + room.text("roomId") + "/messages";
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "\"text\"",
                "{\"text\": 5}",
                "{\"text\": true}",
                "{\"text\": NaN}",
                "{\"text\": \"a\"} {}",
                "{\"text\": \"a\", \"text\": \"b\"}"
            })
    void bodiesThatAreNotWhatTheyShouldBe(String body) {
        Answer refused = client.send("POST", messages, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.problem()).isEqualTo("malformed");
    }

    @Test
    void aMissingBody() {
        assertThat(client.send("POST", messages, null, "Content-Type", "application/json")
                        .problem())
                .isEqualTo("malformed");
    }

    @ParameterizedTest
    @CsvSource({"application/xml, <Body><text>a</text></Body>", "application/yaml, 'text: a'", "text/plain, a"})
    void otherTypesThanJson(String type, String body) {
        Answer refused = client.sendAs(type, messages, body);

        assertThat(refused.status()).isEqualTo(415);
        assertThat(refused.problem()).isEqualTo("unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "text/html", "not a type"})
    void answersThatThereAreNot(String accepted) {
        Answer refused = client.get("/api/me", "Accept", accepted);

        assertThat(refused.status()).isEqualTo(406);
        assertThat(refused.problem()).isEqualTo("not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api//me",
                "/api/me;v=1",
                "/api/%2e%2e/me",
                "/api/me%00",
                "/api/me%",
                "/api/rooms/%ff",
                "/api/[me]",
                "/api/users?q=%ff",
                "/api/users?q=%"
            })
    void pathsThatAreNone(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1", "Authorization: Bearer " + client.token());

        assertThat(answer).startsWith("HTTP/1.1 400").contains(PROBLEM).contains("/problems/malformed");
    }

    @Test
    void headersThatAreNone() throws IOException {
        assertThat(raw("GET /api/me HTTP/1.1", "X-Long: " + "x".repeat(20_000)))
                .startsWith("HTTP/1.1 400")
                .contains(PROBLEM);
        assertThat(raw("GET /api/me HTTP/1.1", "Veza-Min-Position: \uff11", "Authorization: Bearer " + client.token()))
                .startsWith("HTTP/1.1 400")
                .contains(PROBLEM);
        assertThat(raw("GET /api/me HTTP/1.1", "Authorization: Bearer ")).startsWith("HTTP/1.1 401");
    }

    @Test
    void nothingIsFoundWhereErrorsAreMade() {
        assertThat(product.anonymous().get("/error").problem()).isEqualTo("not-found");
    }

    @Test
    void whatNobodyCanHaveWrittenIsNotFoundByIt() {
        assertThat(client.get("/api/users?q=%00").body().path("items").size()).isZero();
    }

    @Test
    void pagesOfTheAppMayCallAndNobodyElses() {
        Answer preflight = product.anonymous()
                .send(
                        "OPTIONS",
                        "/api/rooms",
                        null,
                        "Origin",
                        Product.ORIGIN,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "authorization,idempotency-key");
        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .contains(Product.ORIGIN);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();

        Answer health = product.anonymous().get("/api/me", "Origin", Product.ORIGIN);
        assertThat(health.status()).as("told, and not allowed more than others").isEqualTo(401);
        assertThat(health.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
                .contains("Veza-Position", "Veza-Log");
        Answer foreign = product.anonymous().get("/openapi.json", "Origin", "https://elsewhere.example");
        assertThat(foreign.status()).isEqualTo(200);
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void nothingButThePageIsAPage() {
        for (String path : List.of("/api/me", "/openapi.json", "/api/admin/events", "/nowhere")) {
            Answer answer = product.anonymous().get(path);
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .as(path)
                    .contains("default-src 'none'; frame-ancestors 'none'");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                    .as("the public URL is http")
                    .isEmpty();
        }
    }

    @Test
    void everyRefusalOfCredentialsNamesTheScheme() {
        Client anonymous = product.anonymous();

        assertThat(List.of(
                        anonymous.get("/api/me"),
                        client.as("a.b.c").get("/api/me"),
                        anonymous.get("/api/me", "Authorization", "Bearer"),
                        anonymous.get("/api/me", "Authorization", "Bearer "),
                        anonymous.get("/api/me", "Authorization", "Bearer a b"),
                        anonymous.post("/auth/login", Map.of("username", "nobody", "password", "wrong password")),
                        anonymous.post("/auth/refresh", Map.of("refreshToken", "x"))))
                .allSatisfy(refused -> {
                    assertThat(refused.status()).isEqualTo(401);
                    assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                            .startsWith("Bearer");
                });
    }

    @Test
    void whoSendsAnExpiredTokenAlongMayRefresh() {
        Answer refreshed = client.as("a.b.c").post("/auth/refresh", Map.of("refreshToken", refreshToken));

        assertThat(refreshed.status()).as(refreshed.toString()).isEqualTo(200);
    }

    @Test
    void halfACharacterIsNoPartOfAnAddress() {
        Answer refused = product.anonymous()
                .send(
                        "POST",
                        "/auth/register",
                        "{\"username\": \"half\", \"email\": \"a\\ud800@example.org\", \"password\": \"longenough\"}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().path("errors").path(0).path("pointer").asString())
                .isEqualTo("/email");
    }

    @Test
    void aPositionOfTheFutureIsWaitedForAndThenRefused() {
        Answer behind = client.get("/api/me", "Veza-Min-Position", "1000000000");

        assertThat(behind.status()).isEqualTo(503);
        assertThat(behind.headers().firstValueAsLong("Retry-After")).isPresent();
    }

    @Test
    void oneKeyIsOneCommandAlsoWhenSentTwentyTimesAtOnce() throws Exception {
        Callable<Answer> send = () -> client.post(messages, Map.of("text", "once"), "Idempotency-Key", "at-once");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(Collections.nCopies(20, send));
            var bodies = new HashSet<JsonNode>();
            for (var answer : answers) {
                assertThat(answer.get().status()).as(answer.get().toString()).isEqualTo(201);
                bodies.add(answer.get().body());
            }
            assertThat(bodies).hasSize(1);
        }
    }

    /** As when a newer node stands beside this one. */
    @Test
    void whatANewerVersionWritesIsPassedByOrReadAsFarAsItIsKnown() {
        UUID room = UUID.fromString(messages.split("/")[3]);
        UUID message = UUID.randomUUID();
        String sender = client.get("/api/me").text("id");
        append("chat.RoomPainted", "1", room, "{\"roomId\":\"%s\",\"colour\":\"red\"}".formatted(room));
        append(
                "chat.MessageSent",
                "2",
                room,
                "{\"roomId\":\"%s\",\"messageId\":\"%s\",\"senderId\":\"%s\",\"text\":\"from the future\",\"textLength\":15,\"mentions\":[],\"attachments\":[],\"mood\":{\"a\":1}}"
                        .formatted(room, message, sender));

        Answer sent = client.post(messages, Map.of("text", "still here"));
        Answer read = client.get(messages, "Veza-Min-Position", Long.toString(sent.position()));

        assertThat(sent.status()).as(sent.toString()).isEqualTo(201);
        assertThat(read.status()).as(read.toString()).isEqualTo(200);
        assertThat(read.body().path("items").findValuesAsString("text")).startsWith("still here", "from the future");
    }

    private static void append(String type, String revision, UUID room, String payload) {
        var tag = new Tag("room", room.toString());
        product.part(EventLog.class)
                .append(AppendRequest.of(new NewEvent(
                        UUID.randomUUID().toString(),
                        type,
                        revision,
                        Instant.now(),
                        List.of(tag),
                        Map.of(),
                        payload.getBytes(UTF_8))))
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private static String raw(String... lines) throws IOException {
        String head = String.join("\r\n", lines) + "\r\nHost: veza\r\nConnection: close\r\n\r\n";
        return new RawHttp(client.base()).send(head.getBytes(UTF_8)).text();
    }
}
