package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Where people may read little: whoever has missed much is brought up all the same, page by page. */
class ReplayPaceTest {

    private static final Map<String, String> ACCOUNT =
            Map.of("username", "absent", "email", "absent@example.org", "password", "correct horse battery");
    private static final Duration BETWEEN_READS = Duration.ofSeconds(2);

    @TempDir
    static Path directory;

    private static Product product;

    @BeforeAll
    static void start() {
        product = new Product(
                directory,
                Map.of(
                        "veza.ratelimit.enabled",
                        "true",
                        "veza.ratelimit.person.reads",
                        "1/" + BETWEEN_READS.toSeconds() + "s"));
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    void aReplayGoesNoFasterThanItsPersonMayRead() {
        product.anonymous().post("/auth/register", ACCOUNT);
        Client client = product.anonymous()
                .as(product.anonymous().post("/auth/login", ACCOUNT).text("accessToken"));
        String room = client.post("/api/rooms", Map.of("name", "Quay", "visibility", "private"))
                .text("roomId");
        List<Long> said = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            said.add(client.post("/api/rooms/" + room + "/messages", Map.of("text", "m".repeat(9_000)))
                    .position());
        }
        try (Socket socket = Socket.open("ws://" + product.gateway() + "/ws", client.token())) {
            long begun = System.nanoTime();
            JsonNode subscribed = SocketJourney.accepted(
                    socket.ask("room.subscribe", Map.of("roomId", room, "from", said.getFirst() - 1)));

            assertThat(subscribed.path("recovered").asBoolean()).isTrue();
            assertThat(SocketJourney.positions(socket.events(said.size()))).isEqualTo(said);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("three pages of 128 KiB behind the first read")
                    .isGreaterThan(BETWEEN_READS.multipliedBy(2));
        }
    }
}
