package app.veza.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.cli.ThreeNodes.Killed;
import app.veza.server.cli.ThreeNodes.Person;
import app.veza.server.journey.Broadcaster;
import app.veza.server.journey.Client.Answer;
import app.veza.server.journey.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A node dies as by kill -9 while people are at it: nothing that was acknowledged is lost, and those who are elsewhere see it rightly. */
class KilledNodeTest {

    private static final Duration SEEN_TO_BE_GONE = Duration.ofSeconds(30);

    @TempDir
    private static Path directory;

    private static ThreeNodes nodes;

    @BeforeAll
    static void start() {
        nodes = new ThreeNodes(directory.resolve("data"));
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void whoWasAtItAloneIsSoonSeenToBeGoneWhateverDevicesTheyHad() {
        Person stays = nodes.person();
        Person goes = nodes.person();
        Person hasAnother = nodes.person();
        Answer room = stays.at(1).post("/api/rooms", Map.of("name", "Pier", "visibility", "private"));
        for (Person member : List.of(goes, hasAnother)) {
            String path = "/api/rooms/" + room.text("roomId") + "/members/" + member.id();
            Answer joined = stays.at(1).send("PUT", path, "{}");
            assertThat(joined.status()).as(joined.toString()).isBetween(200, 299);
        }
        List<String> addresses = nodes.sockets();
        Killed killed;
        try (Socket watcher = Socket.open(addresses.get(0), stays.token());
                Socket phone = Socket.open(addresses.get(2), goes.token());
                Socket laptop = Socket.open(addresses.get(2), goes.token());
                Socket anothersPhone = Socket.open(addresses.get(2), hasAnother.token());
                Socket anothersLaptop = Socket.open(addresses.get(1), hasAnother.token())) {
            for (Socket device : List.of(phone, laptop, anothersPhone, anothersLaptop)) {
                assertThat(device.ask("ping", Map.of()).path("type").asString()).isEqualTo("ack");
            }
            watcher.ask("presence.watch", Map.of("userIds", List.of(goes.id(), hasAnother.id())));
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                assertThat(lastTold(watcher, goes)).isEqualTo("user.online");
                assertThat(lastTold(watcher, hasAnother)).isEqualTo("user.online");
            });
            Instant when = Instant.now();

            killed = nodes.kill(3);

            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(lastTold(watcher, goes)).isEqualTo("user.offline"));
            assertThat(Duration.between(when, Instant.now())).isLessThan(SEEN_TO_BE_GONE);
            assertThat(Instant.parse(
                            watcher.events().getLast().path("lastSeenAt").asString()))
                    .isBetween(when.minusSeconds(60), when.plusSeconds(10));
            assertThat(lastTold(watcher, hasAnother))
                    .as("with a device at another node")
                    .isEqualTo("user.online");
            anothersLaptop.close();
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(
                            () -> assertThat(lastTold(watcher, hasAnother)).isEqualTo("user.offline"));
        }
        killed.awaitBack();
    }

    private static String lastTold(Socket socket, Person person) {
        return socket.events().stream()
                .filter(event -> event.path("userId").asString("").equals(person.id()))
                .map(event -> event.path("type").asString())
                .reduce("", (before, after) -> after);
    }

    @Test
    void whoBroadcastsToItGoesOnAtAnother() {
        Person person = nodes.person();
        Answer created = person.at(1).post("/api/streams", Map.of("title", "Pier", "record", true));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        String stream = created.text("streamId");
        String listen = "/api/streams/" + stream + "/listeners/me";
        Person stays = nodes.person();
        Person goes = nodes.person();
        String playlist = person.at(1).base() + "/live/" + stream + "/128k/index.m3u8";
        List<String> ingest = nodes.sockets().stream()
                .map(address -> address.replaceFirst("/ws$", "/live/" + stream))
                .toList();
        Killed killed;
        try (Broadcaster before = new Broadcaster(ingest.get(2), person.token())) {
            before.send(Broadcaster.tone("webm", 440, 20));
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                assertThat(person.at(1).get("/api/streams/" + stream).text("state"))
                        .isEqualTo("live");
                assertThat(Broadcaster.text(playlist).split("#EXTINF")).hasSizeGreaterThan(3);
            });
            assertThat(stays.at(1).post(listen, Map.of()).status()).isEqualTo(200);
            assertThat(goes.at(3).post(listen, Map.of()).status()).isEqualTo(200);
            killed = nodes.kill(3);
        }
        try (Broadcaster after = new Broadcaster(ingest.getFirst(), person.token())) {
            after.send(Broadcaster.tone("ogg", 1000, 10));
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                // Listeners at other nodes get a playlist all the while, or are told to ask again
                String now = Broadcaster.textOrLater(playlist);
                return now.contains("#EXT-X-DISCONTINUITY\n") && now.contains("#EXT-X-PART:");
            });
            // Who listened through it gives no sign any more; who listens at another node is counted all the while
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                stays.at(1).post(listen, Map.of());
                JsonNode seen = person.at(2).get("/api/streams/" + stream).body();
                assertThat(seen.path("listeners").asInt()).isEqualTo(1);
                assertThat(seen.path("peakListeners").asInt()).isEqualTo(2);
            });
            person.at(2).post("/api/streams/" + stream + "/stop", Map.of());
        }
        await().atMost(Duration.ofMinutes(2))
                .until(() -> person.at(2).get("/api/streams/" + stream).body().has("recordingUrl"));
        byte[] heard = Broadcaster.listen(person.at(2).base() + "/live/" + stream + "/master.m3u8");
        // Three segments of the first node, and some of the other
        assertThat(heard.length / 96_000.0).isGreaterThan(7);
        killed.awaitBack();
    }

    @Test
    void nothingAcknowledgedIsLostWhenItDiesUnderLoad() throws Exception {
        Person person = nodes.person();
        Answer created = person.at(1).post("/api/rooms", Map.of("name", "Storm", "visibility", "public"));
        String messages = "/api/rooms/" + created.text("roomId") + "/messages";

        try (var load = new MessageLoad(person.everywhere(), messages, created.position())) {
            await().atMost(Duration.ofMinutes(1)).until(() -> load.acknowledged() > 30);
            Killed killed = nodes.kill(2);
            int before = load.acknowledged();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> load.acknowledgedBy(0) > 0
                            && load.acknowledgedBy(2) > 0
                            && load.acknowledged() > before + 60);
            load.stop();
            killed.awaitBack();
            for (int node = 1; node <= ThreeNodes.NODES; node++) {
                assertThat(MessageLoad.texts(person.at(node), messages, load.lastPosition()))
                        .as("messages at node %d", node)
                        .doesNotHaveDuplicates()
                        .containsExactlyInAnyOrderElementsOf(load.texts());
            }
        }
    }

    @Test
    void whoIsCutAgainAndAgainSeesTheHistoryThoughItIsKilled() throws Exception {
        resume(Duration.ofSeconds(6), 1);
    }

    @Test
    @Tag("soak")
    void whoIsCutForMinutesSeesTheHistoryThoughNodesAreKilled() throws Exception {
        resume(Duration.ofSeconds(200), 6);
    }

    /** Each client's view equals the history: every event once and in order, every message as it is. */
    private static void resume(Duration time, int kills) throws Exception {
        Gale gale = new Gale(nodes);
        gale.blow(time, kills);

        List<Long> positions = gale.logged();
        Map<String, JsonNode> history = gale.history();
        for (Wanderer wanderer : gale.wanderers()) {
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
}
