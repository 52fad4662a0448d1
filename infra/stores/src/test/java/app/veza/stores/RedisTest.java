package app.veza.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.RedisServer;
import app.veza.embedded.RedisServerOptions;
import io.lettuce.core.RedisException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisTest {
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    @Test
    void commandsFailAtOnceWhileItIsAwayAndWorkAgainAfterwards() {
        try (RedisServer server = RedisServer.start(RedisServerOptions.temporary());
                Redis redis = Redis.open(server.url(), TIMEOUT, new SimpleMeterRegistry())) {
            redis.connection().sync().set("key", "kept");
            server.kill();
            await().untilAsserted(() -> {
                long from = System.nanoTime();
                assertThatThrownBy(() -> redis.connection().sync().get("key")).isInstanceOf(RedisException.class);
                assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofMillis(100));
            });
            server.restart();
            await().ignoreExceptionsInstanceOf(RedisException.class)
                    .untilAsserted(
                            () -> assertThat(redis.connection().sync().ping()).isEqualTo("PONG"));
        }
    }

    @Test
    void opensWhileItIsAway() {
        try (Redis redis = Redis.open("redis://127.0.0.1:1", TIMEOUT, new SimpleMeterRegistry())) {
            assertThatThrownBy(redis::connection).isInstanceOf(RedisException.class);
            assertThatThrownBy(redis::connection)
                    .isInstanceOf(RedisException.class)
                    .hasMessageContaining("a moment ago");
        }
    }
}
