package app.veza.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.stores.Redis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FinishingLockTest {

    private static final Duration LIFE = Duration.ofSeconds(4);

    private final Redis redis = Redis.open(
            String.valueOf(EmbeddedPlatform.shared().properties().get("veza.redis.url")),
            Duration.ofSeconds(10),
            new SimpleMeterRegistry());
    private final String key = "finishing-lock:" + UUID.randomUUID();

    @AfterEach
    void close() {
        redis.close();
    }

    private Optional<FinishingLock> take() {
        return FinishingLock.take(redis, key, LIFE);
    }

    @Test
    void itIsKeptWhileItsHolderWorksHoweverLong() {
        try (FinishingLock held = take().orElseThrow()) {
            await().during(LIFE.plusSeconds(1)).atMost(Duration.ofMinutes(1)).until(() -> take().isEmpty());
        }
        take().orElseThrow().close();
    }

    @Test
    void whoIsLateTakesNobodyElsesAway() {
        FinishingLock late = take().orElseThrow();
        redis.connection().sync().set(key, "another's");
        late.close();
        assertThat(redis.connection().sync().get(key)).isEqualTo("another's");
    }

    @Test
    void whatRedisForgotIsTakenAgain() {
        try (FinishingLock held = take().orElseThrow()) {
            redis.connection().sync().del(key);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> redis.connection().sync().get(key) != null);
        }
        assertThat(redis.connection().sync().get(key)).isNull();
    }
}
