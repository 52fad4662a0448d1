package app.veza.projectionengine;

import static app.veza.projectionengine.Engines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.projectionengine.Ledger.Deposited;
import app.veza.projectionengine.Ledger.Noted;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class RedisProjectionTest {
    /** Characters that mean something in a pattern of keys must not reach other tests' keys. */
    private final String prefix = "test[" + UUID.randomUUID() + "]*:";

    private final Totals totals = new Totals("totals", 1);
    private RedisClient client;
    private RedisCommands<String, String> redis;

    @BeforeEach
    void connect() {
        client = RedisClient.create(EmbeddedPlatform.shared().properties().get("veza.redis.url"));
        redis = client.connect().sync();
    }

    @AfterEach
    void disconnect() {
        removeKeys();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }

    private void removeKeys() {
        redis.keys("*").stream().filter(key -> key.startsWith(prefix)).forEach(redis::del);
    }

    private ProjectionEngine start(EventLog log, Projection... projections) {
        PGSimpleDataSource none = new PGSimpleDataSource();
        return Engines.start(
                log,
                new ProjectionTargets(none, none, client),
                Engines.config().withRedisKeyPrefix(prefix),
                projections);
    }

    private void reach(ProjectionEngine engine, EventLog log) throws InterruptedException {
        assertThat(engine.awaitPosition("totals", log.head(), PATIENCE))
                .as("%s", engine.positions())
                .isTrue();
    }

    private void assertFolded(ListLog log) {
        assertThat(totals.read(redis, prefix)).isEqualTo(Totals.fold(log.recorded()));
    }

    @Test
    void foldsAHistoryFollowsItsHeadAndContinues() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(5_000, 1));
        try (ProjectionEngine engine = start(log, totals)) {
            reach(engine, log);
            assertFolded(log);
            log.append(Ledger.history(100, 2));
            reach(engine, log);
        }
        log.append(Ledger.history(100, 3));
        log.append(new Noted("the last one is not handled"));
        try (ProjectionEngine engine = start(log, totals)) {
            reach(engine, log);
            assertFolded(log);
        }
        RedisKeys keys = new RedisKeys(prefix, "totals", 1);
        assertThat(redis.hget(keys.position(), "position")).isEqualTo("5201");
        assertThat(redis.get(RedisKeys.active(prefix, "totals"))).isEqualTo("1");
        assertThat(redis.llen(keys.key("recent"))).isEqualTo(10);
    }

    @Test
    void isFilledAgainWhenRedisLostItsData() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(2_000, 4));
        try (ProjectionEngine engine = start(log, totals)) {
            reach(engine, log);
            removeKeys();
            log.append(new Deposited(1, 1));
            reach(engine, log);
            await().atMost(PATIENCE).untilAsserted(() -> assertFolded(log));
        }
    }

    @Test
    void isFilledAgainWhenOnlyThePositionIsLost() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(2_000, 5));
        try (ProjectionEngine engine = start(log, totals)) {
            reach(engine, log);
        }
        redis.del(new RedisKeys(prefix, "totals", 1).position());
        redis.set(new RedisKeys(prefix, "totals", 1).key("total:999"), "1");
        try (ProjectionEngine engine = start(log, totals)) {
            reach(engine, log);
            assertFolded(log);
        }
    }

    @Test
    void isFilledAgainFromAnotherLog() throws InterruptedException {
        try (ProjectionEngine engine = start(new ListLog("a", Ledger.history(2_000, 6)), totals)) {
            assertThat(engine.awaitPosition("totals", 2_000, PATIENCE)).isTrue();
        }
        ListLog other = new ListLog("b", Ledger.history(1_000, 7));
        try (ProjectionEngine engine = start(other, totals)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    redis
                                            .hmget(new RedisKeys(prefix, "totals", 1).position(), "log", "position")
                                            .stream()
                                            .map(field -> field.getValueOrElse("none"))
                                            .toList())
                            .containsExactly("b", "1000"));
        }
        assertFolded(other);
    }

    @Test
    void keepsWorkingWhenScriptsAreForgotten() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(500, 8));
        try (ProjectionEngine engine = start(log, totals)) {
            reach(engine, log);
            redis.scriptFlush();
            log.append(Ledger.history(500, 9));
            reach(engine, log);
            assertFolded(log);
        }
    }

    @Test
    void twoRunnersNeverBothCommit() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(3_000, 10));
        PausableLog sleepy = new PausableLog(log);
        sleepy.pauseFrom(400);
        try (ProjectionEngine first = start(sleepy, totals)) {
            sleepy.awaitPaused();
            try (ProjectionEngine second = start(log, totals)) {
                reach(second, log);
                sleepy.resume();
                reach(first, log);
            }
            log.append(Ledger.history(500, 11));
            reach(first, log);
            assertFolded(log);
        }
    }

    @Test
    void manyMayStartAtOnceOnARedisThatMustBeEmptied() throws InterruptedException {
        redis.set(new RedisKeys(prefix, "totals", 1).key("total:999"), "1");
        ListLog log = new ListLog("a", Ledger.history(3_000, 12));
        List<ProjectionEngine> engines =
                List.of(start(log, totals), start(log, totals), start(log, totals), start(log, totals));
        try {
            for (ProjectionEngine engine : engines) {
                reach(engine, log);
            }
        } finally {
            engines.forEach(ProjectionEngine::close);
        }
        assertFolded(log);
    }

    @Test
    void aNewVersionIsServedOnceItIsFilled() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(1_000, 14));
        try (ProjectionEngine engine = start(log, totals)) {
            reach(engine, log);
        }
        try (ProjectionEngine engine = start(log, new Totals("totals", 2))) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(redis.get(RedisKeys.active(prefix, "totals")))
                            .isEqualTo("2"));
            assertThat(new Totals("totals", 2).read(redis, prefix)).isEqualTo(Totals.fold(log.recorded()));
        }
    }
}
