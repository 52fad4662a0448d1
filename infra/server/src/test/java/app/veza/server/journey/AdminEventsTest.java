package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.server.journey.Client.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An engineer reads the log: filtered, either way, live, and what led to what. */
class AdminEventsTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    static Path directory;

    private static Product product;
    private static Client engineer;
    private static Client person;
    private static String roomId;
    private static Instant between;

    @BeforeAll
    static void start() {
        product = new Product(directory);
        engineer = product.anonymous().as(Product.OPERATOR_TOKEN);
        Map<String, String> account =
                Map.of("username", "reader", "email", "reader@example.org", "password", "correct horse battery");
        assertThat(product.anonymous().post("/auth/register", account).status()).isEqualTo(201);
        person = product.anonymous()
                .as(product.anonymous().post("/auth/login", account).text("accessToken"));
        roomId = person.post(
                        "/api/rooms",
                        Map.of("name", "Read", "visibility", "public"),
                        "traceparent",
                        "00-" + TRACE + "-00f067aa0ba902b7-01")
                .text("roomId");
        between = Instant.now();
        for (int i = 0; i < 5; i++) {
            say("message " + i);
        }
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    void eventsAreFilteredEitherWayAndPageByPage() {
        String filter = "/api/admin/events?type=chat.MessageSent&tag=room:" + roomId;

        List<Long> forwards = positions(engineer.get(filter));
        assertThat(forwards).hasSizeGreaterThanOrEqualTo(5).isSorted();
        assertThat(UUID.fromString(engineer.get(filter).body().at("/items/0/id").asString())
                        .version())
                .isEqualTo(7);
        assertThat(engineer.get(filter + "&limit=2").body().path("items")).hasSize(2);

        List<Long> paged = new ArrayList<>();
        Answer page = engineer.get(filter + "&direction=backwards&limit=2");
        paged.addAll(positions(page));
        while (!page.text("nextCursor").isEmpty()) {
            page = engineer.get(filter + "&direction=backwards&limit=2&cursor=" + page.text("nextCursor"));
            paged.addAll(positions(page));
        }
        assertThat(paged.reversed()).isEqualTo(forwards);

        assertThat(positions(engineer.get(filter + "&from=" + forwards.get(1) + "&to=" + forwards.get(2))))
                .containsExactly(forwards.get(1), forwards.get(2));
        assertThat(positions(engineer.get(filter + "&from=" + between))).isEqualTo(forwards);
        assertThat(positions(engineer.get(filter + "&to=" + between))).isEmpty();
        assertThat(positions(engineer.get(filter + "&from=-1h"))).isEqualTo(forwards);
        assertThat(positions(engineer.get("/api/admin/events?type=chat.*&tag=room:" + roomId)))
                .containsAll(forwards)
                .hasSizeGreaterThan(forwards.size());
    }

    @Test
    void whatIsPersonalIsShownAsItIsStoredAndFoundInClear() {
        JsonNode found = engineer.get("/api/admin/events?type=identity.PersonRegistered&tag=username:reader")
                .body()
                .path("items");
        assertThat(found).hasSize(1);
        String stored = StreamSupport.stream(found.get(0).path("tags").spliterator(), false)
                .map(JsonNode::asString)
                .filter(tag -> tag.startsWith("username:"))
                .findFirst()
                .orElseThrow();
        assertThat(stored).doesNotContain("reader");
        assertThat(engineer.get("/api/admin/events?tag=" + stored).body().path("items"))
                .hasSize(1);
    }

    @Test
    void anEventIsShownWithWhatLedToWhat() {
        JsonNode created = engineer.get("/api/admin/events?type=chat.RoomCreated&tag=room:" + roomId)
                .body()
                .path("items")
                .path(0);
        Answer single =
                engineer.get("/api/admin/events/" + created.path("position").asLong());

        assertThat(single.text("correlationId")).isEqualTo(TRACE);
        assertThat(single.body().path("complete").asBoolean()).isTrue();
        assertThat(single.body().path("correlation").path(0).path("event")).isEqualTo(created);
        assertThat(single.body().path("correlation"))
                .allSatisfy(one -> assertThat(
                                one.at("/event/metadata/correlationId").asString())
                        .isEqualTo(TRACE));
        assertThat(created.at("/metadata/causationId").asString()).isNotEmpty();
        assertThat(engineer.get("/api/admin/events/999999").problem()).isEqualTo("not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=yesterday",
                "to=2026-13-01T00:00:00Z",
                "tag=room",
                "limit=0",
                "limit=1001",
                "cursor=x",
                "direction=up",
                "from=-5y"
            })
    void aWrongFilterIsNamed(String parameter) {
        Answer refused = engineer.get("/api/admin/events?" + parameter);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.problem()).isEqualTo("malformed");
        assertThat(refused.body().at("/errors/0/pointer").asString())
                .isEqualTo("/" + parameter.substring(0, parameter.indexOf('=')));
    }

    @Test
    void anUnknownTypeIsNamedWithWhatMayHaveBeenMeant() {
        Answer refused = engineer.get("/api/admin/events?type=chat.MesageSent");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("unknown-event-type");
        assertThat(refused.text("detail")).contains("chat.MesageSent", "did you mean chat.MessageSent");
        assertThat(engineer.get("/api/admin/events?type=chat.UserTyped").status())
                .isEqualTo(422);
    }

    @Test
    void nobodyElseSeesTheLog() {
        for (String path : List.of("/api/admin/events", "/api/admin/events/1", "/api/admin/events/stream")) {
            assertThat(product.anonymous().get(path).status()).isEqualTo(401);
            assertThat(product.anonymous().as("x".repeat(45)).get(path).status())
                    .isEqualTo(401);
            Answer forbidden = person.get(path);
            assertThat(forbidden.status()).isEqualTo(403);
            assertThat(forbidden.problem()).isEqualTo("forbidden");
        }
        assertThat(engineer.get("/api/me").status()).isEqualTo(401);
    }

    @Test
    void whatIsReadIsNoOlderThanTheReaderWantsIt() {
        engineer.post("/api/admin/admins", Map.of("username", "reader"));
        for (Client reader : List.of(engineer, person)) {
            String path = reader == engineer ? "/api/admin/events" : "/api/admin/audit";
            Answer found = reader.get(path + "?limit=1", "Veza-Min-Position", "1");
            assertThat(found.status()).as(found.toString()).isEqualTo(200);
            assertThat(found.position()).isPositive();
            assertThat(reader.get(path, "Veza-Min-Position", "999999999").problem())
                    .isEqualTo("position-not-reached");
            assertThat(reader.get(path, "Veza-Min-Position", "soon").problem()).isEqualTo("malformed");
        }
        assertThat(engineer.get("/api/admin/events/1", "Veza-Min-Position", "999999999")
                        .problem())
                .isEqualTo("position-not-reached");
    }

    @Test
    void theStreamTellsWhatComesAndIsResumed() throws Exception {
        String filter = "/api/admin/events/stream?type=chat.MessageSent&tag=room:" + roomId;
        long first;
        try (Stream<String> lines = open(filter)) {
            var events = new Events(lines);
            say("live 1");
            say("live 2");
            first = events.next().path("position").asLong();
            assertThat(events.next().path("position").asLong()).isGreaterThan(first);
        }
        say("while away");
        try (Stream<String> lines = open(filter, "Last-Event-ID", Long.toString(first))) {
            var events = new Events(lines);
            JsonNode second = events.next();
            JsonNode third = events.next();
            assertThat(second.path("position").asLong()).isGreaterThan(first);
            assertThat(third.path("position").asLong())
                    .isGreaterThan(second.path("position").asLong());
            say("live again");
            assertThat(events.next().path("type").asString()).isEqualTo("chat.MessageSent");
        }
        try (Stream<String> lines = open(filter + "&from=1")) {
            assertThat(new Events(lines).next().path("position").asLong()).isLessThan(first);
        }
        assertThat(engineer.get(filter, "Last-Event-ID", "123456789").problem()).isEqualTo("position-past-the-end");
        assertThat(engineer.get(filter, "Last-Event-ID", "x").problem()).isEqualTo("malformed");
    }

    @Test
    void theStreamEndsWithTheRoleOfWhoReadsIt() throws Exception {
        Map<String, String> account =
                Map.of("username", "leaver", "email", "leaver@example.org", "password", "correct horse battery");
        String id = product.anonymous().post("/auth/register", account).text("userId");
        String token = product.anonymous().post("/auth/login", account).text("accessToken");
        engineer.post("/api/admin/admins", Map.of("username", "reader"));
        String roles = "/api/users/" + id + "/roles";
        assertThat(person.send("PUT", roles, "{\"roles\":[\"engineer\"]}").status())
                .isBetween(200, 299);
        try (Stream<String> lines = openAs(token, "/api/admin/events/stream?type=chat.MessageSent")) {
            CompletableFuture<Long> told = CompletableFuture.supplyAsync(lines::count);
            say("while it was a role");
            assertThat(told).isNotDone();
            assertThat(person.send("PUT", roles, "{\"roles\":[]}").status()).isBetween(200, 299);
            assertThat(told).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void aNewNodeBeginsWithASnapshotOfTheIndex() {
        Answer stored = engineer.send("POST", "/api/admin/log/index-snapshots", null);
        assertThat(stored.status()).as(stored.toString()).isEqualTo(201);
        assertThat(stored.body().path("position").asLong()).isPositive();
        assertThat(person.send("POST", "/api/admin/log/index-snapshots", null).status())
                .isEqualTo(403);

        try (Product another = product.anotherNode(directory)) {
            assertThat(another.part(MeterRegistry.class)
                            .get("event.log.index.restores")
                            .counter()
                            .count())
                    .isEqualTo(1);
            String everything =
                    "/api/admin/events?to=" + stored.body().path("position").asLong() + "&limit=1000";
            assertThat(another.anonymous()
                            .as(Product.OPERATOR_TOKEN)
                            .get(everything)
                            .body()
                            .path("items"))
                    .isEqualTo(engineer.get(everything).body().path("items"));
        }
    }

    @Test
    void theRoutesAreDocumented() {
        JsonNode paths = product.anonymous().get("/openapi.json").body().path("paths");

        assertThat(paths.propertyNames())
                .contains("/api/admin/events", "/api/admin/events/{position}", "/api/admin/events/stream");
        assertThat(paths.at("/~1api~1admin~1events/get/responses").propertyNames())
                .contains("200", "400", "401", "403", "422", "503");
        assertThat(paths.at("/~1api~1admin~1events/get/parameters"))
                .extracting(parameter -> parameter.path("name").asString())
                .contains("type", "tag", "from", "to", "direction", "cursor", "limit");
    }

    private static void say(String text) {
        assertThat(person.post("/api/rooms/" + roomId + "/messages", Map.of("text", text))
                        .status())
                .isEqualTo(201);
    }

    private static List<Long> positions(Answer page) {
        assertThat(page.status()).as(page.toString()).isEqualTo(200);
        return StreamSupport.stream(page.body().path("items").spliterator(), false)
                .map(item -> item.path("position").asLong())
                .toList();
    }

    private static Stream<String> open(String path, String... headers) throws Exception {
        return openAs(Product.OPERATOR_TOKEN, path, headers);
    }

    private static Stream<String> openAs(String token, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(engineer.base() + path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream")
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<Stream<String>> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return answer.body();
    }

    /** What a stream of server-sent events tells, one by one. */
    private static final class Events {

        private final BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();

        Events(Stream<String> lines) {
            Thread.ofVirtual()
                    .start(() -> lines.filter(line -> line.startsWith("data: "))
                            .forEach(line -> told.add(JsonMapper.shared().readTree(line.substring(6)))));
        }

        JsonNode next() throws InterruptedException {
            JsonNode next = told.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("an event within 10 s").isNotNull();
            return next;
        }
    }
}
