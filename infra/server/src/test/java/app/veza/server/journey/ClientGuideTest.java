package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The example of the guide for client authors runs as it stands there. */
class ClientGuideTest extends SocketJourney {

    private static final String FENCE = "```";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static String example() throws IOException {
        String guide = Files.readString(Path.of("SOCKET.md"));
        int start = guide.indexOf(FENCE + "java\n") + FENCE.length() + "java\n".length();
        return guide.substring(start, guide.indexOf(FENCE, start));
    }

    private static List<Long> printed(Path output) throws IOException {
        return Files.readAllLines(output).stream()
                .filter(line -> line.startsWith("{\"type\""))
                .map(line -> position(JsonMapper.shared().readTree(line)))
                .toList();
    }

    @Test
    void theExampleFollowsARoomFromAPositionOverRefusalsAndDisconnects() throws IOException {
        Person anna = person();
        Person ben = person();
        String room = room(anna, "private");
        Socket annas = socket(anna);
        long first = position(say(annas, room, "Seen before"));
        List<Long> missed = new ArrayList<>(List.of(position(say(annas, room, "Missed"))));
        Path program = Files.writeString(directory.resolve("Follow.java"), example());
        Path output = directory.resolve("follow.out");
        try (var gate = new StoreGate("ws://" + product.gateway() + "/ws")) {
            Process follow = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            program.toString(),
                            gate.address(),
                            ben.token(),
                            room,
                            Long.toString(first))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(Files.readString(output)).contains("\"type\":\"error\""));
                missed.add(anna.client()
                        .send("PUT", "/api/rooms/" + room + "/members/" + ben.id(), "{}")
                        .position());
                prints(output, missed);
                missed.add(position(say(annas, room, "Live")));
                prints(output, missed);

                gate.shut();
                missed.add(position(say(annas, room, "While cut off")));
                gate.open();
                prints(output, missed);
            } finally {
                follow.destroyForcibly();
            }
        }
    }

    private static long position(JsonNode frame) {
        return frame.path("position").asLong();
    }

    private static void prints(Path output, List<Long> positions) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(printed(output)).isEqualTo(positions));
    }
}
