package app.veza.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Broadcaster;
import app.veza.server.journey.Client;
import app.veza.server.journey.Client.Answer;
import app.veza.server.journey.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Three nodes behind one set of stores, started as a person does: to a client it makes no difference which one answers. */
class SeveralNodesTest {

    private static final int NODES = 3;
    private static final String PASSWORD = "correct horse battery";
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    @TempDir
    private static Path directory;

    private static InstalledVeza veza;
    private static List<Client> nodes;
    private static String greeting;

    @BeforeAll
    static void start() {
        int port = FreePorts.inARow(2 * NODES);
        veza = new InstalledVeza(directory.resolve("data"));
        var up = veza.run(
                "up",
                "--detach",
                "--port",
                Integer.toString(port),
                "--nodes",
                Integer.toString(NODES),
                "--durability",
                "power");
        assertThat(up.exitCode()).as(up.output()).isZero();
        greeting = up.output();
        nodes = IntStream.rangeClosed(1, NODES)
                .mapToObj(number -> new Client(NodeAddress.of(number, port).http(), null))
                .toList();
    }

    @AfterAll
    static void stop() {
        veza.run("down");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(veza.processes()).isEmpty());
    }

    /** @param token of a session that began on the first node */
    private record Person(String id, String username, String token, long position) {

        Client at(int node) {
            return nodes.get(node - 1).as(token);
        }
    }

    private static Person person() {
        String username = "person" + PEOPLE.incrementAndGet();
        Client first = nodes.getFirst();
        Answer registered = first.post(
                "/auth/register",
                Map.of("username", username, "email", username + "@example.org", "password", PASSWORD));
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        Answer login = first.post("/auth/login", Map.of("username", username, "password", PASSWORD));
        assertThat(login.status()).as(login.toString()).isEqualTo(200);
        return new Person(registered.text("userId"), username, login.text("accessToken"), login.position());
    }

    private static List<String> statuses() {
        return veza.status()
                .path("nodes")
                .valueStream()
                .map(node -> node.path("status").asString())
                .toList();
    }

    private static String after(long position) {
        return Long.toString(position);
    }

    @Test
    void greetingStatusAndHealthNameAllNodesAndTheDurability() {
        JsonNode status = veza.status();
        assertThat(status.path("status").asString()).isEqualTo("up");
        assertThat(statuses()).containsOnly("up");
        assertThat(status.path("nodes")).hasSize(NODES);
        assertThat(status.path("processes").propertyNames()).contains("node-1", "node-2", "node-3");
        for (JsonNode node : status.path("nodes")) {
            assertThat(greeting)
                    .contains(node.path("http").asString(), node.path("ws").asString());
            assertThat(node.at("/parts/nats/durability").asString()).isEqualTo("power");
            assertThat(node.at("/parts/nats/replicas").asInt()).isEqualTo(1);
            assertThat(node.at("/parts/eventLog/logId")).isEqualTo(status.at("/nodes/0/parts/eventLog/logId"));
        }
        assertThat(status.path("nodes")
                        .valueStream()
                        .map(node -> node.path("role").asString()))
                .containsExactlyInAnyOrder("sequencer", "forwarder", "forwarder");
        assertThat(greeting).contains("durability power");
        assertThat(veza.run("status").output()).contains("node-3", "durability power");
    }

    @Test
    void aSessionIsGoodOnEveryNodeAtOnce() {
        for (int i = 0; i < 5; i++) {
            Person person = person();
            Answer me = person.at(2).get("/api/me", "Veza-Min-Position", after(person.position()));
            assertThat(me.status()).as(me.toString()).isEqualTo(200);
            assertThat(me.text("username")).isEqualTo(person.username());
            assertThat(person.at(3).get("/api/me").status()).isEqualTo(200);
        }
    }

    @Test
    void aSessionThatEndedIsOverOnEveryNode() {
        Person person = person();
        assertThat(person.at(2).get("/api/me").status()).isEqualTo(200);

        assertThat(person.at(1).send("POST", "/auth/logout", null).status()).isEqualTo(204);

        await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> {
            assertThat(person.at(2).get("/api/me").status()).isEqualTo(401);
            assertThat(person.at(3).get("/api/me").status()).isEqualTo(401);
        });
    }

    @Test
    void aTicketOfOneNodeOpensOneSocketOnAnother() {
        String ticket = person().at(1).send("POST", "/auth/ws-ticket", null).text("ticket");
        List<String> sockets = veza.status()
                .path("nodes")
                .valueStream()
                .map(node -> node.path("ws").asString() + "?ticket=" + ticket)
                .toList();
        try (Socket socket = Socket.open(sockets.get(1), null)) {
            assertThat(socket.ask("ping", Map.of()).path("type").asString()).isEqualTo("ack");
        }
        assertThat(Socket.refused(sockets.get(1), null)).isEqualTo(401);
        assertThat(Socket.refused(sockets.get(2), null)).isEqualTo(401);
    }

    @Test
    void whatOneNodeAcknowledgedTheOthersDecideOnAndShow() {
        Person person = person();
        Answer created = person.at(2).post("/api/rooms", Map.of("name", "Harbour", "visibility", "public"));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        String messages = "/api/rooms/" + created.text("roomId") + "/messages";

        Answer sent =
                person.at(3).post(messages, Map.of("text", "Ahoy"), "Veza-Min-Position", after(created.position()));
        assertThat(sent.status()).as(sent.toString()).isEqualTo(201);

        Answer history = person.at(1).get(messages, "Veza-Min-Position", after(sent.position()));
        assertThat(history.status()).as(history.toString()).isEqualTo(200);
        assertThat(history.body().at("/items/0/id").asString()).isEqualTo(sent.text("messageId"));
    }

    @Test
    void aCommandIsDoneOnceWhicheverNodesItIsSentTo() {
        Person person = person();
        Map<String, String> room = Map.of("name", "Once", "visibility", "public");
        String key = "the-same-key";

        List<Answer> answers = IntStream.rangeClosed(1, NODES)
                .mapToObj(node -> person.at(node).post("/api/rooms", room, "Idempotency-Key", key))
                .toList();

        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(answers)
                .extracting(answer -> answer.text("roomId"))
                .containsOnly(answers.getFirst().text("roomId"));
    }

    @Test
    void whoWasAtANodeThatIsKilledIsSoonSeenToBeGone() {
        Person stays = person();
        Person goes = person();
        Answer room = stays.at(1).post("/api/rooms", Map.of("name", "Pier", "visibility", "private"));
        Answer joined = stays.at(1).send("PUT", "/api/rooms/" + room.text("roomId") + "/members/" + goes.id(), "{}");
        assertThat(joined.status()).as(joined.toString()).isBetween(200, 299);
        List<String> addresses = veza.status()
                .path("nodes")
                .valueStream()
                .map(node -> node.path("ws").asString())
                .toList();
        long victim = veza.pid("node-3");
        try (Socket watcher = Socket.open(addresses.getFirst(), stays.token());
                Socket watched = Socket.open(addresses.get(2), goes.token())) {
            assertThat(watched.ask("ping", Map.of()).path("type").asString()).isEqualTo("ack");
            watcher.ask("presence.watch", Map.of("userIds", List.of(goes.id())));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(lastTold(watcher)).isEqualTo("user.online"));
            Instant killed = Instant.now();

            assertThat(ProcessHandle.of(victim).orElseThrow().destroyForcibly()).isTrue();

            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(lastTold(watcher)).isEqualTo("user.offline"));
            assertThat(Instant.parse(
                            watcher.events().getLast().path("lastSeenAt").asString()))
                    .isBetween(killed.minusSeconds(60), killed.plusSeconds(10));
        }
        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            assertThat(veza.pid("node-3")).isNotEqualTo(victim);
            assertThat(statuses()).containsOnly("up");
        });
    }

    @Test
    void whoBroadcastsToANodeThatIsKilledGoesOnAtAnother() {
        Person person = person();
        Answer created = person.at(1).post("/api/streams", Map.of("title", "Pier", "record", true));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        String stream = created.text("streamId");
        String playlist = nodes.getFirst().base() + "/live/" + stream + "/128k/index.m3u8";
        List<String> ingest = veza.status()
                .path("nodes")
                .valueStream()
                .map(node -> node.path("ws").asString().replaceFirst("/ws$", "/live/" + stream))
                .toList();
        long victim = veza.pid("node-3");
        try (Broadcaster before = new Broadcaster(ingest.get(2), person.token())) {
            before.send(Broadcaster.tone("webm", 440, 20));
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                assertThat(person.at(1).get("/api/streams/" + stream).text("state"))
                        .isEqualTo("live");
                assertThat(Broadcaster.text(playlist).split("#EXTINF")).hasSizeGreaterThan(3);
            });
            assertThat(ProcessHandle.of(victim).orElseThrow().destroyForcibly()).isTrue();
        }
        try (Broadcaster after = new Broadcaster(ingest.getFirst(), person.token())) {
            after.send(Broadcaster.tone("ogg", 1000, 10));
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                // Listeners at other nodes get a playlist all the while
                String now = Broadcaster.text(playlist);
                return now.contains("#EXT-X-DISCONTINUITY\n") && now.contains("#EXT-X-PART:");
            });
            person.at(2).post("/api/streams/" + stream + "/stop", Map.of());
        }
        await().atMost(Duration.ofMinutes(2))
                .until(() -> person.at(2).get("/api/streams/" + stream).body().has("recordingUrl"));
        byte[] heard = Broadcaster.listen(nodes.get(1).base() + "/live/" + stream + "/master.m3u8");
        // Three segments of the first node, and some of the other
        assertThat(heard.length / 96_000.0).isGreaterThan(7);
        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            assertThat(veza.pid("node-3")).isNotEqualTo(victim);
            assertThat(statuses()).containsOnly("up");
        });
    }

    private static String lastTold(Socket socket) {
        List<JsonNode> events = socket.events();
        return events.isEmpty() ? "" : events.getLast().path("type").asString();
    }

    @Test
    @Tag("soak")
    void whoIsCutAgainAndAgainSeesTheHistoryThoughANodeIsKilled() throws Exception {
        resume(Duration.ofSeconds(6), 1);
    }

    @Test
    @Tag("soak")
    void whoIsCutForMinutesSeesTheHistoryThoughNodesAreKilled() throws Exception {
        resume(Duration.ofSeconds(200), 6);
    }

    /** Each client's view equals the history: every event once and in order, every message as it is. */
    private void resume(Duration time, int kills) throws Exception {
        Person writer = person();
        Answer created = writer.at(1).post("/api/rooms", Map.of("name", "Gale", "visibility", "public"));
        String room = created.text("roomId");
        String messages = "/api/rooms/" + room + "/messages";
        List<String> addresses = veza.status()
                .path("nodes")
                .valueStream()
                .map(node -> node.path("ws").asString())
                .toList();
        List<RoomTraffic> traffic = IntStream.range(0, 2)
                .mapToObj(seed -> new RoomTraffic(
                        IntStream.rangeClosed(1, NODES).mapToObj(writer::at).toList(),
                        messages,
                        created.position(),
                        seed))
                .toList();
        List<Wanderer> wanderers = IntStream.range(0, 4)
                .mapToObj(seed -> new Wanderer(addresses, writer.token(), room, created.position(), seed))
                .toList();
        long start = System.nanoTime();
        AtomicBoolean killed = new AtomicBoolean();
        BooleanSupplier ends = () -> killed.get() && System.nanoTime() - start > time.toNanos();
        AtomicLong last = new AtomicLong(Long.MAX_VALUE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writing = traffic.stream()
                    .<Future<?>>map(one -> threads.submit(() -> one.write(ends)))
                    .toList();
            List<Future<?>> following = wanderers.stream()
                    .<Future<?>>map(one -> threads.submit(() -> one.follow(last)))
                    .toList();
            try {
                for (int kill = 0; kill < kills; kill++) {
                    int before = traffic.getFirst().written();
                    await().atMost(Duration.ofMinutes(3))
                            .until(() -> traffic.getFirst().written() > before + 10);
                    long victim = veza.pid("node-2");
                    assertThat(ProcessHandle.of(victim).orElseThrow().destroyForcibly())
                            .isTrue();
                    await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
                        assertThat(veza.pid("node-2")).isNotEqualTo(victim);
                        assertThat(statuses()).containsOnly("up");
                    });
                }
                killed.set(true);
                for (Future<?> one : writing) {
                    one.get();
                }
                last.set(writer.at(1).post(messages, Map.of("text", "The end")).position());
                for (Future<?> one : following) {
                    one.get();
                }
            } catch (Throwable failure) {
                // whoever writes and follows would go on for ever
                threads.shutdownNow();
                throw failure;
            }
        }
        List<Long> positions = logged(room, created.position() + 1, last.get());
        Map<String, JsonNode> history = history(writer.at(1), messages, last.get());
        for (Wanderer wanderer : wanderers) {
            assertThat(wanderer.resumed()).isGreaterThan(2);
            assertThat(wanderer.positions()).isEqualTo(positions);
            assertThat(wanderer.messages().keySet()).isEqualTo(history.keySet());
            wanderer.messages()
                    .forEach((id, seen) -> seen.properties()
                            .forEach(member -> assertThat(history.get(id).get(member.getKey()))
                                    .as("%s of message %s", member.getKey(), id)
                                    .isEqualTo(member.getValue())));
        }
    }

    /** Positions of what the log itself has of a room's messages. */
    private static List<Long> logged(String room, long from, long to) {
        var events = veza.run(
                "events",
                "--json",
                "--tag",
                "room:" + room,
                "--type",
                "chat.MessageSent",
                "--type",
                "chat.MessageEdited",
                "--type",
                "chat.MessageDeleted",
                "--type",
                "chat.ReactionAdded",
                "--type",
                "chat.ReactionRemoved",
                "--from",
                Long.toString(from),
                "--to",
                Long.toString(to));
        assertThat(events.exitCode()).as(events.output()).isZero();
        return events.output()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> JsonMapper.shared().readTree(line).path("position").asLong())
                .toList();
    }

    private static Map<String, JsonNode> history(Client node, String messages, long position) {
        Map<String, JsonNode> byId = new HashMap<>();
        MessageLoad.items(node, messages, position)
                .forEach(item -> byId.put(item.path("id").asString(), item));
        return byId;
    }

    @Test
    void nothingAcknowledgedIsLostWhenANodeDiesUnderLoad() throws Exception {
        Person person = person();
        Answer created = person.at(1).post("/api/rooms", Map.of("name", "Storm", "visibility", "public"));
        String messages = "/api/rooms/" + created.text("roomId") + "/messages";
        long victim = veza.pid("node-2");

        try (var load = new MessageLoad(
                IntStream.rangeClosed(1, NODES).mapToObj(person::at).toList(), messages, created.position())) {
            await().atMost(Duration.ofSeconds(30)).until(() -> load.acknowledged() > 30);
            assertThat(ProcessHandle.of(victim).orElseThrow().destroyForcibly()).isTrue();
            int before = load.acknowledged();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> load.acknowledgedBy(0) > 0
                            && load.acknowledgedBy(2) > 0
                            && load.acknowledged() > before + 60);
            load.stop();
            await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
                assertThat(veza.pid("node-2")).isNotEqualTo(victim);
                assertThat(statuses()).containsOnly("up");
            });
            for (int node = 1; node <= NODES; node++) {
                assertThat(MessageLoad.texts(person.at(node), messages, load.lastPosition()))
                        .as("messages at node %d", node)
                        .doesNotHaveDuplicates()
                        .containsExactlyInAnyOrderElementsOf(load.texts());
            }
        }
    }
}
