package app.veza.projectionengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.EmbeddedServer;
import app.veza.embedded.PostgresServer;
import app.veza.embedded.PostgresServerOptions;
import app.veza.embedded.RedisServer;
import app.veza.embedded.RedisServerOptions;
import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.TimeoutOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever dies, whenever: each event is in the read models once. */
class CrashTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    /** Own servers: others share the platform's, and must not see them die. */
    private static PostgresServer postgres;

    private static RedisServer redisServer;
    private static Map<String, String> properties;

    private final Balances ledger = new Balances("ledger");
    private final Totals totals = new Totals("totals", 1);
    private HikariDataSource database;

    @BeforeAll
    static void start() {
        postgres = PostgresServer.start(PostgresServerOptions.temporary());
        redisServer = RedisServer.start(RedisServerOptions.temporary());
        properties = new HashMap<>(postgres.properties("veza.postgres.primary"));
        properties.putAll(redisServer.properties());
    }

    @AfterAll
    static void stop() {
        redisServer.close();
        postgres.close();
    }

    @BeforeEach
    void empty() {
        database = Engines.primary(properties);
        DSL.using(database, SQLDialect.POSTGRES).execute("drop schema if exists projection, view, ledger_v1 cascade");
        withRedis(redis -> redis.connect().sync().flushall());
    }

    @AfterEach
    void shutDown() {
        database.close();
    }

    private interface RedisWork {
        void with(RedisClient redis) throws InterruptedException;
    }

    private static void withRedis(RedisWork work) {
        RedisClient client = RedisClient.create(properties.get("veza.redis.url"));
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(Duration.ofSeconds(2)))
                .build());
        try {
            work.with(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        }
    }

    @Test
    void ofTheRunner() throws InterruptedException {
        killRunner(20_000, 3);
    }

    @Test
    void ofTheServers() {
        killServers(2);
    }

    @Test
    @Tag("soak")
    void ofTheRunnerAgainAndAgain() throws InterruptedException {
        killRunner(300_000, 40);
    }

    @Test
    @Tag("soak")
    void ofTheServersAgainAndAgain() {
        killServers(40);
    }

    /** Each process dies somewhere between two and several hundred batches after it began. */
    private void killRunner(int events, int times) throws InterruptedException {
        SplittableRandom random = new SplittableRandom();
        long seed = random.nextLong();
        ListLog log = new ListLog("a", Ledger.history(events, seed));
        Path output = directory.resolve("runner.log");
        int step = events / (times + 1);
        for (int i = 0; i < times; i++) {
            long enough = position() + random.nextInt(40, step);
            try (RunnerProcess runner = RunnerProcess.start(properties, "crash:", events, seed, output)) {
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(2))
                        .untilAsserted(() -> assertThat(position()).isGreaterThan(enough));
                assertThat(runner.isAlive()).isTrue();
                runner.kill();
            }
        }
        assertThat(position()).as("killed under load").isLessThan(log.head());
        withRedis(redis -> {
            try (ProjectionEngine engine = startEngine(log, redis)) {
                assertFolded(engine, log, redis);
            }
        });
    }

    private void killServers(int times) {
        SplittableRandom random = new SplittableRandom();
        ListLog log = new ListLog("a", Ledger.history(500, 20));
        withRedis(redis -> {
            try (ProjectionEngine engine = startEngine(log, redis)) {
                for (int i = 0; i < times; i++) {
                    for (EmbeddedServer server : List.of(postgres, redisServer)) {
                        AtomicBoolean done = new AtomicBoolean();
                        Thread writer = Thread.ofVirtual().start(() -> write(log, random.split(), done));
                        assertThat(engine.awaitPosition("ledger", log.head() + random.nextInt(20, 200), PATIENCE))
                                .isTrue();
                        server.kill();
                        String stalled = server == postgres ? "ledger" : "totals";
                        await().atMost(PATIENCE)
                                .untilAsserted(() -> assertThat(
                                                engine.positions().get(stalled).state())
                                        .isEqualTo(ProjectionState.STALLED));
                        server.restart();
                        done.set(true);
                        writer.join();
                        assertFolded(engine, log, redis);
                    }
                }
            }
        });
    }

    /** Some two thousand events a second. */
    private static void write(ListLog log, SplittableRandom random, AtomicBoolean done) {
        while (!done.get()) {
            log.append(Ledger.history(random.nextInt(1, 20), random.nextLong()));
            LockSupport.parkNanos(4_000_000);
        }
    }

    private ProjectionEngine startEngine(ListLog log, RedisClient redis) {
        return Engines.start(
                log,
                new ProjectionTargets(database, database, redis),
                Engines.config().withRedisKeyPrefix("crash:"),
                new Balances("ledger"),
                new Totals("totals", 1));
    }

    private void assertFolded(ProjectionEngine engine, ListLog log, RedisClient client) throws InterruptedException {
        for (String name : List.of("ledger", "totals")) {
            assertThat(engine.awaitPosition(name, log.head(), PATIENCE))
                    .as("%s", engine.positions())
                    .isTrue();
        }
        List<Ledger.Balance> fold = Ledger.sorted(Ledger.fold(log.recorded()));
        assertThat(ledger.rows(database)).isEqualTo(fold);
        assertThat(ledger.rowsFromDeposits(database)).isEqualTo(fold);
        // a Redis that comes back may have lost its newest commands, positions with them: they are applied again
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(totals.read(client.connect().sync(), "crash:"))
                        .isEqualTo(Totals.fold(log.recorded())));
    }

    private long position() {
        DSLContext sql = DSL.using(database, SQLDialect.POSTGRES);
        // nothing there before the first process made it
        return Boolean.TRUE.equals(sql.fetchValue("select to_regclass('projection.current') is null"))
                ? 0
                : (Long) sql.fetchValue("select coalesce(max(position), 0) from projection.current");
    }
}
