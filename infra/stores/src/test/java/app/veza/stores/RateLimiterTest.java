package app.veza.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.RedisServer;
import app.veza.embedded.RedisServerOptions;
import app.veza.stores.RateLimiter.Charge;
import app.veza.stores.RateLimiter.Standing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimiterTest {

    /** So long that nothing of it comes back while a test runs. */
    private static final Duration LONG = Duration.ofHours(10);

    private static RedisServer server;
    private static Redis redis;

    @BeforeAll
    static void start() {
        server = RedisServer.start(RedisServerOptions.temporary());
        redis = Redis.open(server.url(), Duration.ofMillis(500), new SimpleMeterRegistry());
    }

    @AfterAll
    static void stop() {
        redis.close();
        server.close();
    }

    @Test
    void nodesKeepALimitTogetherAlsoAtOnce() throws Exception {
        Duration patience = Duration.ofMinutes(1);
        List<RateLimiter> nodes = List.of(
                new RateLimiter(redis, patience), new RateLimiter(redis, patience), new RateLimiter(redis, patience));
        Charge charge = new Charge("together", new Quota(100, LONG));
        List<Callable<Boolean>> requests = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            RateLimiter node = nodes.get(i % 3);
            requests.add(() -> node.take(List.of(charge)).getFirst().isAllowed());
        }
        int allowed = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(requests)) {
                allowed += answer.get() ? 1 : 0;
            }
        }
        assertThat(allowed).isEqualTo(100);
    }

    @Test
    void whatIsLargeTakesMuch() {
        RateLimiter limiter = new RateLimiter(redis);
        var local = new LocalLimits();
        Quota bytes = new Quota(1_000_000, Duration.ofHours(24));
        List<Function<Charge, Standing>> both =
                List.of(charge -> limiter.take(List.of(charge)).getFirst(), local::take);
        for (Function<Charge, Standing> limits : both) {
            assertThat(limits.apply(new Charge("bytes", bytes, 600_000)).remaining())
                    .isBetween(400_000L, 401_000L);

            Standing tooLarge = limits.apply(new Charge("bytes", bytes, 500_000));
            assertThat(tooLarge.isAllowed()).isFalse();
            assertThat(tooLarge.retryAfter())
                    .as("a tenth of the quota")
                    .isBetween(Duration.ofMinutes(140), Duration.ofMinutes(144));
            assertThat(limits.apply(new Charge("bytes", bytes, 300_000)).isAllowed())
                    .isTrue();
            assertThat(limits.apply(new Charge("untouched", bytes, Long.MAX_VALUE))
                            .isAllowed())
                    .as("more than there ever is at once takes all")
                    .isTrue();
        }
    }

    @Test
    void aRefusedRequestTakesNothingFromAnyOfItsLimits() {
        RateLimiter limiter = new RateLimiter(redis);
        Charge narrow = new Charge("narrow", new Quota(2, LONG));
        Charge wide = new Charge("wide", new Quota(10, LONG));
        limiter.take(List.of(narrow, wide));
        limiter.take(List.of(narrow, wide));

        List<Standing> refused = limiter.take(List.of(narrow, wide));

        assertThat(refused.get(0).isAllowed()).isFalse();
        assertThat(refused.get(0).retryAfter()).isBetween(Duration.ofHours(4), Duration.ofHours(5));
        assertThat(refused.get(0).remaining()).isZero();
        assertThat(refused.get(1).isAllowed()).isTrue();
        assertThat(refused.get(1).remaining()).isEqualTo(8);
        assertThat(refused.get(1).untilFull()).isBetween(Duration.ofMinutes(119), Duration.ofMinutes(120));
    }

    @Test
    void whatWasTakenComesBackEvenlyAndKeysGoByThemselves() {
        RateLimiter limiter = new RateLimiter(redis);
        Charge charge = new Charge("back", new Quota(4, Duration.ofSeconds(2)));
        for (int i = 0; i < 4; i++) {
            assertThat(limiter.take(List.of(charge)).getFirst().isAllowed()).isTrue();
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> limiter.take(List.of(charge)).getFirst().isAllowed());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> redis.connection().sync().exists("back") == 0);
    }

    @Test
    void withoutRedisANodeKeepsItsLimitsAloneAndReturnsToTheCommonOnes() {
        try (RedisServer mortal = RedisServer.start(RedisServerOptions.temporary());
                Redis connection = Redis.open(mortal.url(), Duration.ofMillis(500), new SimpleMeterRegistry())) {
            RateLimiter limiter = new RateLimiter(connection);
            Charge charge = new Charge("alone", new Quota(3, LONG));
            assertThat(limiter.take(List.of(charge)).getFirst().remaining()).isEqualTo(2);
            mortal.kill();

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !limiter.take(List.of(charge)).getFirst().isAllowed());

            mortal.restart();
            Charge other = new Charge("other", new Quota(1_000_000, LONG));
            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
                limiter.take(List.of(other));
                return connection.connection().sync().exists("other") == 1;
            });
        }
    }

    @Test
    void aLocalLimitCountsAsTheCommonOne() {
        LocalLimits limits = new LocalLimits();
        Charge narrow = new Charge("narrow", new Quota(1, LONG));
        Charge wide = new Charge("wide", new Quota(5, LONG));

        assertThat(limits.take(List.of(narrow, wide))).allMatch(Standing::isAllowed);
        assertThat(limits.take(List.of(narrow, wide)).getFirst().isAllowed()).isFalse();
        assertThat(limits.take(List.of(wide)).getFirst().remaining()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "0/1m", "10/0s", "-1/1m", "10/1d", "2000000/1s"})
    void quotasThatAreNone(String text) {
        assertThatThrownBy(() -> Quota.valueOf(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void quotasAsTheyAreWritten() {
        assertThat(Quota.valueOf("600/1m")).isEqualTo(new Quota(600, Duration.ofMinutes(1)));
        assertThat(Quota.valueOf("5/2h")).isEqualTo(new Quota(5, Duration.ofHours(2)));
    }
}
