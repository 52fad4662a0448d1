package app.veza.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JobFollowerTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String READS =
            "waits to lead its readers over: process 7 of app, idle in transaction for %d s";

    private final StringWriter written = new StringWriter();

    private static JsonNode job(String state, String error) {
        return JSON.createObjectNode()
                .put("id", "1")
                .put("kind", "REBUILD")
                .put("projection", "chat")
                .put("state", state)
                .put("phase", "filling")
                .put("position", 7)
                .put("to", 7)
                .put("error", error);
    }

    /** At 100 % nobody else would tell why it does not end. */
    @Test
    void whatHoldsAJobUpIsToldOnceAndNotOnlyWhenItHasFailed() {
        Deque<JsonNode> looks = new ArrayDeque<>(List.of(
                job("RUNNING", READS.formatted(1)),
                job("RUNNING", READS.formatted(2)),
                job("RUNNING", null),
                job("RUNNING", "PostgreSQL is away"),
                job("DONE", null)));
        JsonNode ended =
                new JobFollower(before -> looks.remove(), new PrintWriter(written)).follow(job("WAITING", null));
        assertThat(ended.path("state").asString()).isEqualTo("DONE");
        assertThat(written.toString().lines().filter(line -> line.startsWith("It is held up")))
                .containsExactly("It is held up: " + READS.formatted(1), "It is held up: PostgreSQL is away");
    }
}
