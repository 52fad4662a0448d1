package app.veza.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a node's own account becomes the platform's status; the lifecycle test sees the same of a real platform. */
class PlatformStatusTest {

    private static final DataDirectory DATA = DataDirectory.at(Path.of("/data/veza"));

    private static final Map<String, String> STORES = Map.of(
            "veza.nats.url", "nats://server:n3ts@127.0.0.1:4222",
            "veza.postgres.replica.url", "jdbc:postgresql://127.0.0.1:5433/veza",
            "veza.postgres.replica.username", "veza",
            "veza.postgres.replica.password", "p@ss word",
            "veza.postgres.analytics.url", "jdbc:postgresql://127.0.0.1:5434/veza_analytics",
            "veza.postgres.analyst.username", "analyst",
            "veza.postgres.analyst.password", "an4lyst",
            "veza.redis.url", "redis://:r3dis@127.0.0.1:6379/0");

    private static final String HEALTH = """
            {"status": "%s", "parts": {
              "eventLog": {"status": "UP", "latencyMillis": 0.04, "position": 120, "lag": 2, "durability": "process"},
              "projections": {"status": "UP", "latencyMillis": 0.1,
                "chat": {"version": 3, "state": "RUNNING", "position": 118, "lag": 2}}}}
            """;

    @Test
    void aNodeThatIsWellMakesThePlatformUp() throws IOException {
        var status = statusWhenNodeAnswers(200, HEALTH.formatted("UP"));

        JsonNode json = JsonMapper.shared().readTree(status.json());
        assertThat(json.path("status").asString()).isEqualTo("up");
        assertThat(json.path("http").asString()).startsWith("http://127.0.0.1:");
        assertThat(json.path("ws").asString()).startsWith("ws://127.0.0.1:").endsWith("/ws");
        assertThat(json.path("processes").path("node-1").asLong()).isEqualTo(12);
        assertThat(json.at("/nodes/0/parts/projections/chat/position").asLong()).isEqualTo(118);
    }

    @Test
    void aNodeThatSaysItIsNotWellMakesThePlatformDownAndIsStillQuoted() throws IOException {
        var status = statusWhenNodeAnswers(503, HEALTH.formatted("DOWN"));

        assertThat(status.status()).isEqualTo("down");
        assertThat(status.json()).contains("\"eventLog\"");
    }

    @Test
    void aNodeThatDoesNotAnswerMakesThePlatformDown() {
        var status = PlatformStatus.of(DATA, running(NodeAddress.of(1, 1)));

        assertThat(status.status()).isEqualTo("down");
        assertThat(StatusTable.of(status)).contains("does not answer");
    }

    @Test
    void connectionStringsAreCompleteForProgramsAndWithoutPasswordsForPeople() throws IOException {
        var status = statusWhenNodeAnswers(200, HEALTH.formatted("UP"));

        assertThat(status.stores().get("postgresReplica"))
                .containsEntry("url", "postgresql://veza:p%40ss%20word@127.0.0.1:5433/veza")
                .containsEntry("jdbcUrl", "jdbc:postgresql://127.0.0.1:5433/veza");
        assertThat(status.stores().get("postgresAnalyst"))
                .containsEntry("url", "postgresql://analyst:an4lyst@127.0.0.1:5434/veza_analytics")
                .containsEntry("password", "an4lyst");
        assertThat(status.stores().get("redis")).containsEntry("url", "redis://:r3dis@127.0.0.1:6379/0");
        assertThat(StatusTable.of(status))
                .contains(
                        "postgresql://veza@127.0.0.1:5433/veza",
                        "postgresql://analyst@127.0.0.1:5434/veza_analytics",
                        "nats://server@127.0.0.1:4222",
                        "redis://127.0.0.1:6379/0")
                .doesNotContain("p%40ss", "n3ts", "r3dis", "an4lyst");
    }

    @Test
    void theTableShowsPositionAndLagOfEveryPartInColumns() throws IOException {
        var status = statusWhenNodeAnswers(200, HEALTH.formatted("UP"));

        assertThat(StatusTable.of(status).lines())
                .anyMatch(line -> line.matches("NODE-1 +STATUS +ROLE +POSITION +LAG +LATENCY +DETAILS"))
                .anyMatch(line -> line.matches("eventLog +up +120 +2 +0.04 ms +durability process"))
                .anyMatch(line -> line.matches("  chat +running +118 +2 +version 3"))
                .anyMatch(line -> line.matches("node-1 +12"));
    }

    private static PlatformStatus statusWhenNodeAnswers(int status, String body) throws IOException {
        HttpServer node = HttpServer.create(new InetSocketAddress(Loopback.HOST, 0), 0);
        node.createContext("/api/health", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        node.start();
        try {
            return PlatformStatus.of(
                    DATA, running(NodeAddress.of(1, node.getAddress().getPort())));
        } finally {
            node.stop(0);
        }
    }

    private static RunState running(NodeAddress node) {
        return new RunState(11, true, List.of(node), Map.of("launcher", 11L, "node-1", 12L), STORES);
    }
}
