package app.veza.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerTest {

    @Test
    void keepsItsDataOverRestartAndCloseAndEvictsNothing(@TempDir Path directory) {
        var options = RedisServerOptions.in(directory);
        try (var server = RedisServer.start(options)) {
            try (var client = RedisClient.create(server.url());
                    var connection = client.connect()) {
                assertThat(connection.sync().configGet("maxmemory-policy")).containsValue("noeviction");
                connection.sync().set("key", "value");
            }
            server.restart();
            assertThat(get(server)).isEqualTo("value");
        }
        try (var again = RedisServer.start(options)) {
            assertThat(get(again)).isEqualTo("value");
        }
    }

    @Test
    void isClosedToStrangers() {
        try (var server = RedisServer.start(RedisServerOptions.temporary());
                var client = RedisClient.create("redis://127.0.0.1:" + server.port())) {
            assertThatThrownBy(client::connect).hasStackTraceContaining("NOAUTH");
        }
    }

    private static String get(RedisServer server) {
        try (var client = RedisClient.create(server.url());
                var connection = client.connect()) {
            return connection.sync().get("key");
        }
    }
}
