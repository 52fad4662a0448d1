package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.eventstore.BackupStore;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventLogConfig;
import app.veza.eventstore.LogBackup;
import app.veza.eventstore.LogRestore;
import app.veza.server.journey.Client.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A position is one of a log: a client that keeps the log's id beside it is told when it means nothing any more. */
class LogIdentityTest {

    private static final String ANOTHER = "another-log";

    @TempDir
    static Path directory;

    private static Product product;
    private static Client client;
    private static String room;
    private static String messages;

    private final List<Socket> sockets = new ArrayList<>();

    @BeforeAll
    static void start() {
        product = new Product(directory);
        Map<String, String> account =
                Map.of("username", "keeper", "email", "keeper@example.org", "password", "correct horse battery");
        assertThat(product.anonymous().post("/auth/register", account).status()).isEqualTo(201);
        client = product.anonymous()
                .as(product.anonymous().post("/auth/login", account).text("accessToken"));
        room = client.post("/api/rooms", Map.of("name", "Archive", "visibility", "public"))
                .text("roomId");
        messages = "/api/rooms/" + room + "/messages";
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @AfterEach
    void hangUp() {
        sockets.forEach(Socket::close);
    }

    private static String logId() {
        return product.part(EventLog.class).logId();
    }

    private static String log(Answer answer) {
        assertThat(answer.headers().allValues("Veza-Log")).as(answer.toString()).hasSize(1);
        return answer.headers().allValues("Veza-Log").getFirst();
    }

    private static Answer say(String text, String... headers) {
        return client.post(messages, Map.of("text", text), headers);
    }

    private static List<String> texts(Answer read) {
        return read.body().path("items").findValuesAsString("text");
    }

    private Socket socket() {
        Socket socket = Socket.open("ws://" + product.gateway() + "/ws", client.token());
        sockets.add(socket);
        return socket;
    }

    private static JsonNode subscribe(Socket socket, Object... members) {
        JsonNode reply = members.length == 0
                ? socket.ask("room.subscribe", Map.of("roomId", room))
                : socket.ask("room.subscribe", Map.of("roomId", room, "from", members[0], "log", members[1]));
        assertThat(reply.path("type").asString()).as(reply.toString()).isEqualTo("subscribed");
        return reply;
    }

    @Test
    void everyAnswerWithAPositionSaysOfWhichLogItIs() {
        Answer sent = say("one");
        String position = Long.toString(sent.position());
        Answer read = client.get(messages, "Veza-Min-Position", position);
        String tag = read.headers().firstValue("ETag").orElseThrow();
        // The position again: without it a replica that is behind may answer, which is not what was read
        Answer unchanged = client.get(messages, "If-None-Match", tag, "Veza-Min-Position", position);

        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(List.of(sent, read, unchanged)).allSatisfy(answer -> {
            assertThat(answer.position()).isPositive();
            assertThat(log(answer)).isEqualTo(logId());
        });
    }

    @Test
    void whoNamesThisLogIsAnsweredAsEver() {
        Answer sent = say("named", "Veza-Log", logId());
        String position = Long.toString(sent.position());
        Answer read = client.get(messages + "?limit=1", "Veza-Log", logId(), "Veza-Min-Position", position);
        Answer decided = say("after it", "Veza-Log", logId(), "Veza-Min-Position", position);

        assertThat(sent.status()).isEqualTo(201);
        assertThat(read.status()).isEqualTo(200);
        assertThat(texts(read)).containsExactly("named");
        assertThat(decided.status()).isEqualTo(201);
    }

    @Test
    void whoNamesAnotherLogIsToldAndNothingIsDone() {
        List<Answer> refused = List.of(
                say("never said", "Veza-Log", ANOTHER, "Veza-Min-Position", "1"),
                say("never said", "Veza-Log", ANOTHER),
                client.get(messages, "Veza-Log", ANOTHER, "Veza-Min-Position", "1000000000"),
                client.get(messages + "?before=5", "Veza-Log", ANOTHER),
                client.send("POST", "/auth/ws-ticket", null, "Veza-Log", ANOTHER));

        assertThat(refused).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(412);
            assertThat(answer.problem()).isEqualTo("log-replaced");
            assertThat(answer.text("detail")).contains(logId());
            assertThat(log(answer)).isEqualTo(logId());
        });
        long after = say("said").position();
        Answer read = client.get(messages, "Veza-Min-Position", Long.toString(after));
        assertThat(texts(read)).contains("said").doesNotContain("never said");
        assertThat(product.anonymous().get("/api/me", "Veza-Log", ANOTHER).status())
                .as("who may not ask")
                .isEqualTo(401);
    }

    @Test
    void aCommandOnAPositionThatDoesNotExistIsToldSo() {
        Answer refused = say("too early", "Veza-Min-Position", "1000000000");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.problem()).isEqualTo("position-not-reached");
        assertThat(refused.text("detail")).contains("1000000000", "does not exist yet in this log");
        assertThat(refused.headers().firstValueAsLong("Retry-After")).isPresent();
    }

    @Test
    void aSocketIsToldOfWhichLogPositionsAre() {
        Socket socket = socket();
        assertThat(subscribe(socket).path("log").asString()).isEqualTo(logId());
        JsonNode sent = socket.ask("message.send", Map.of("roomId", room, "text", "over the socket"));
        assertThat(sent.path("log").asString()).isEqualTo(logId());
        assertThat(socket.ask("ping", Map.of()).has("log")).isFalse();
        long before = sent.path("position").asLong() - 1;

        assertThat(subscribe(socket(), before, logId()).path("recovered").asBoolean())
                .isTrue();
        Socket stranger = socket();
        JsonNode live = subscribe(stranger, before, ANOTHER);
        assertThat(live.path("recovered").asBoolean()).isFalse();
        assertThat(live.path("log").asString()).isEqualTo(logId());
        long next = say("live from now").position();
        assertThat(stranger.events(1).getFirst().path("position").asLong()).isEqualTo(next);
    }

    /** While the node runs, to an earlier position, so that the numbers of what is lost come again. */
    @Test
    void afterARestoreNothingOfTheLogThatWasIsMistakenForTheOneThatIs() throws IOException {
        String old = logId();
        long kept = say("kept").position();
        say("lost");
        long lost = say("lost as well").position();
        Answer before = client.get(messages, "Veza-Min-Position", Long.toString(lost));
        assertThat(texts(before)).startsWith("lost as well", "lost", "kept");
        Socket open = socket();
        subscribe(open);

        restore(kept);

        assertThat(open.closeCode(Duration.ofSeconds(30))).isEqualTo(1012);
        assertThat(logId()).isNotEqualTo(old);
        assertThat(client.get(messages, "Veza-Log", old, "Veza-Min-Position", Long.toString(lost))
                        .problem())
                .isEqualTo("log-replaced");
        assertThat(say("on the old one", "Veza-Log", old, "Veza-Min-Position", Long.toString(lost))
                        .problem())
                .isEqualTo("log-replaced");
        Answer said = await().atMost(Duration.ofSeconds(30))
                .until(() -> say("new", "Idempotency-Key", "new"), answer -> answer.status() == 201);
        assertThat(said.position()).as("a number that meant another event").isEqualTo(kept + 1);
        assertThat(log(said)).isEqualTo(logId());
        Answer read = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> client.get(messages, "Veza-Min-Position", Long.toString(said.position())),
                        answer -> answer.status() == 200);
        assertThat(texts(read)).startsWith("new", "kept").doesNotContain("lost", "lost as well", "on the old one");
        assertThat(log(read)).isEqualTo(logId());

        Socket mistaken = socket();
        assertThat(subscribe(mistaken, kept, old).path("recovered").asBoolean()).isFalse();
        Socket resumed = socket();
        assertThat(subscribe(resumed, kept, logId()).path("recovered").asBoolean())
                .isTrue();
        assertThat(resumed.events(1).getFirst().at("/message/text").asString()).isEqualTo("new");
        long live = say("live").position();
        assertThat(mistaken.events(1).getFirst().path("position").asLong()).isEqualTo(live);
    }

    @Test
    void aStreamOfEventsEndsWithItsLogAndIsNotResumedInAnother() throws Exception {
        String old = logId();
        long kept = say("kept").position();
        say("lost");
        say("lost as well");
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        Thread reading = Thread.ofVirtual().start(() -> events(old + ":" + kept, told::add));
        await().until(() ->
                told.stream().filter(line -> line.startsWith("id: ")).count() == 2);

        restore(kept);

        assertThat(reading.join(Duration.ofSeconds(30))).isTrue();
        assertThat(told).contains(": log %s was replaced by log %s".formatted(old, logId()));
        Client operator = product.anonymous().as(Product.OPERATOR_TOKEN);
        Answer refused = operator.get("/api/admin/events/stream", "Last-Event-ID", old + ":" + kept);
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.problem()).isEqualTo("log-replaced");
        Answer said = await().atMost(Duration.ofSeconds(30))
                .until(() -> say("new", "Idempotency-Key", "streamed"), answer -> answer.status() == 201);
        var first = new CompletableFuture<String>();
        Thread.ofVirtual()
                .start(() -> events(logId() + ":" + kept, line -> {
                    if (line.startsWith("id: ")) {
                        first.complete(line);
                    }
                }));
        assertThat(first).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("id: " + logId() + ":" + said.position());
    }

    /** Follows the log until the server ends it. */
    private static void events(String lastEventId, Consumer<String> lines) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(product.anonymous().base() + "/api/admin/events/stream"))
                .header("Authorization", "Bearer " + Product.OPERATOR_TOKEN)
                .header("Last-Event-ID", lastEventId)
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.send(request, HttpResponse.BodyHandlers.ofLines()).body().forEach(lines);
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    /** The restored log is shorter than the one that the node has followed so far. */
    @Test
    void afterARestoreASessionStillEndsAtOnce() throws IOException {
        long kept = say("before the restore").position();
        for (int i = 0; i < 20; i++) {
            say("lost");
        }
        restore(kept);
        Map<String, String> account = Map.of("username", "keeper", "password", "correct horse battery");
        Answer login = await().atMost(Duration.ofSeconds(60))
                .until(() -> product.anonymous().post("/auth/login", account), answer -> answer.status() == 200);
        Client again = product.anonymous().as(login.text("accessToken"));
        assertThat(again.get("/auth/sessions").status()).isEqualTo(200);

        assertThat(again.send("POST", "/auth/logout", null).status()).isEqualTo(204);

        assertThat(again.get("/auth/sessions").status()).isEqualTo(401);
    }

    private static void restore(long position) throws IOException {
        EventLogConfig config = product.part(EventLogConfig.class);
        var backups = new Backups(new ConcurrentSkipListMap<>());
        new LogBackup(config, backups, List.of()).run(false, (at, read, last) -> {});
        new LogRestore(config, backups, List.of())
                .run(new LogRestore.Request(position, "", true, false, ""), new LogRestore.Listener() {
                    @Override
                    public void step(String what, long positions) {}

                    @Override
                    public void progressed(long at, long read, long last) {}
                });
    }

    /** For as long as the test takes. */
    private record Backups(NavigableMap<String, byte[]> objects) implements BackupStore {

        @Override
        public void put(String key, byte[] content) {
            objects.put(key, content);
        }

        @Override
        public Optional<byte[]> get(String key) {
            return Optional.ofNullable(objects.get(key));
        }

        @Override
        public List<String> list(String prefix) {
            return objects.keySet().stream()
                    .filter(key -> key.startsWith(prefix))
                    .toList();
        }

        @Override
        public void delete(String key) {
            objects.remove(key);
        }
    }
}
