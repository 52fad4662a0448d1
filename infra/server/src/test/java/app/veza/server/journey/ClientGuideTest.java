package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The example of the guide for client authors runs as it stands there. */
class ClientGuideTest extends SocketJourney {

    private static final String FENCE = "```";

    private static String example() throws IOException {
        String guide = Files.readString(Path.of("SOCKET.md"));
        int start = guide.indexOf(FENCE + "java\n") + FENCE.length() + "java\n".length();
        return guide.substring(start, guide.indexOf(FENCE, start));
    }

    private static List<Long> printed(Path output) throws IOException {
        return Files.readAllLines(output).stream()
                .filter(line -> line.startsWith("{\"type\""))
                .map(line -> JsonMapper.shared().readTree(line).path("position").asLong())
                .toList();
    }

    @Test
    void theExampleFollowsARoomFromAPosition() throws IOException {
        Person anna = person();
        String room = room(anna, "private");
        Socket annas = socket(anna);
        JsonNode first = say(annas, room, "Seen before");
        JsonNode second = say(annas, room, "Missed");
        Path program = Files.writeString(directory.resolve("Follow.java"), example());
        Path output = directory.resolve("follow.out");
        Process follow = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        program.toString(),
                        "ws://" + product.gateway() + "/ws",
                        anna.token(),
                        room,
                        first.path("position").asString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(printed(output))
                            .containsExactly(second.path("position").asLong()));
            JsonNode third = say(annas, room, "Live");
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(printed(output))
                            .containsExactly(
                                    second.path("position").asLong(),
                                    third.path("position").asLong()));
        } finally {
            follow.destroyForcibly();
        }
    }
}
