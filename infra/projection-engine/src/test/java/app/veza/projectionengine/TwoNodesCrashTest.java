package app.veza.projectionengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import app.veza.embedded.PostgresServer;
import app.veza.embedded.PostgresServerOptions;
import app.veza.embedded.RedisServer;
import app.veza.embedded.RedisServerOptions;
import app.veza.projectionengine.Ledger.Deposited;
import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two nodes share projections under load, with an event among them now and then that cannot be applied; whatever dies or stands still,
 * and whatever the database loses with its primary: the read models equal those that one node fills in peace, row for row.
 */
class TwoNodesCrashTest {
    private static final Logger LOG = LoggerFactory.getLogger(TwoNodesCrashTest.class);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path directory;

    private final SplittableRandom random = new SplittableRandom();
    private PostgresServer primary;
    private PostgresServer replica;
    private RedisServer redisServer;
    private NatsServer natsServer;
    private Map<String, String> servers;
    private HikariDataSource database;
    private RedisClient redis;

    @Test
    void leavesReadModelsAsOneNodeFillsThem() throws Exception {
        crash(6);
    }

    @Test
    @Tag("soak")
    void leavesReadModelsAsOneNodeFillsThemAgainAndAgain() throws Exception {
        crash(80);
    }

    private void crash(int disasters) throws Exception {
        primary = PostgresServer.start(PostgresServerOptions.temporary());
        replica = PostgresServer.startReplica(PostgresServerOptions.temporary().withName("replica"), primary);
        redisServer = RedisServer.start(RedisServerOptions.temporary());
        natsServer = NatsServer.start(NatsServerOptions.temporary());
        try (AutoCloseable all = this::stop) {
            List.of(primary, redisServer, natsServer).forEach(server -> server.supervised(true));
            servers = Map.of(
                    "DB",
                    "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s?targetServerType=primary"
                            .formatted(primary.port(), replica.port(), primary.database()),
                    "USER_NAME",
                    primary.username(),
                    "PASSWORD",
                    primary.password(),
                    "REDIS",
                    redisServer.url(),
                    "NATS",
                    natsServer.url());
            database = Engines.dataSource(servers.get("DB"), primary.username(), primary.password());
            redis = NodeProcess.redis(redisServer.url());
            LOG.debug("Servers of {}", all);
            disasters(disasters);
        }
    }

    private void stop() {
        database.close();
        redis.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        natsServer.close();
        redisServer.close();
        replica.close();
        primary.close();
    }

    private void disasters(int disasters) throws Exception {
        List<NodeProcess> nodes = new ArrayList<>(List.of(node(0), node(1)));
        AtomicBoolean done = new AtomicBoolean();
        try (NatsLog log = NatsLog.open(servers.get("NATS"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> load = threads.submit(() -> write(log, done));
            for (int i = 0; i < disasters; i++) {
                // each of them once before any of them twice
                disaster(i % 6, nodes, log);
            }
            failOver(log);
            done.set(true);
            load.get();
            awaitPosition(log, log.head());
            nodes.forEach(NodeProcess::close);
            assertAsFilledInPeace(log);
        } finally {
            done.set(true);
            nodes.forEach(NodeProcess::close);
        }
    }

    private NodeProcess node(int number) throws Exception {
        return NodeProcess.start("node-" + number, servers, directory.resolve("node-" + number + ".log"));
    }

    private Void write(NatsLog log, AtomicBoolean done) throws InterruptedException {
        SplittableRandom dice = new SplittableRandom();
        while (!done.get()) {
            for (Object event : Ledger.history(20, dice.nextLong())) {
                log.publish(event);
            }
            if (dice.nextInt(20) == 0) {
                // no deposit: its account is parked from here on
                log.publish(new Deposited(1_000 + dice.nextInt(50), -1));
            }
            log.publish(new Deposited(1_000 + dice.nextInt(50), 1));
            LockSupport.parkNanos(10_000_000);
        }
        return null;
    }

    private void disaster(int which, List<NodeProcess> nodes, NatsLog log) throws Exception {
        int number = random.nextInt(nodes.size());
        // at some moment under load, not at a moment that the last disaster chose
        List<Long> before = await().atMost(PATIENCE).ignoreExceptions().until(this::positions, at -> at.getFirst() > 0);
        awaitPosition(log, before.getFirst() + random.nextInt(1, 100));
        LOG.info("Disaster {} (node {}) behind {}", which, number, before);
        switch (which) {
            case 0, 1 -> {
                int victim = which == 0 ? number : 1 - number;
                nodes.get(victim).kill();
                // the other one goes on alone
                awaitPosition(log, log.head());
                nodes.set(victim, node(victim));
            }
            case 2 -> {
                nodes.get(number).signal("STOP");
                long stopped = System.nanoTime();
                awaitPosition(log, log.head());
                await().atMost(PATIENCE)
                        .until(() -> System.nanoTime() - stopped
                                > NodeProcess.TIMES.lease().multipliedBy(2).toNanos());
                nodes.get(number).signal("CONT");
            }
            case 3 -> primary.kill();
            case 4 -> redisServer.kill();
            default -> natsServer.kill();
        }
    }

    /** The primary does not come back; what it had not replicated yet is lost, batches and positions alike. */
    private void failOver(NatsLog log) throws SQLException {
        awaitPosition(log, log.head());
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> superuser("select count(*) from projection.position") > 0);
        primary.supervised(false);
        primary.kill();
        superuser("select case when pg_promote() then 1 else 0 end");
        LOG.info("The replica is the primary now");
        awaitPosition(log, log.head());
    }

    private long superuser(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(replica.url(), replica.superuser(), replica.superuserPassword());
                Statement statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    private List<Long> positions() {
        long sql = (Long) DSL.using(database, SQLDialect.POSTGRES)
                .fetchValue("select coalesce(max(position), 0) from projection.position");
        try (var connection = redis.connect()) {
            String position =
                    connection.sync().hget(new RedisKeys(NodeProcess.PREFIX, "totals", 1).position(), "position");
            return List.of(sql, position == null ? 0 : Long.parseLong(position));
        }
    }

    /** Of both read models. */
    private void awaitPosition(NatsLog log, long position) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(positions())
                        .as("log at %d", log.head())
                        .allMatch(at -> at >= Math.min(position, log.head())));
    }

    private void assertAsFilledInPeace(NatsLog log) throws InterruptedException {
        DSLContext sql = DSL.using(database, SQLDialect.POSTGRES);
        List<List<Record>> crashed = rows(sql);
        Map<Integer, Long> crashedTotals = totals(NodeProcess.PREFIX);
        sql.execute("drop schema projection, view, ledger_v1 cascade");
        try (ProjectionEngine engine = Engines.start(
                log,
                new ProjectionTargets(database, database, redis),
                Engines.config().withRedisKeyPrefix("peace:"),
                new Balances("ledger"),
                new Totals("totals", 1))) {
            assertThat(engine.awaitPosition("ledger", log.head(), PATIENCE)).isTrue();
            assertThat(engine.awaitPosition("totals", log.head(), PATIENCE)).isTrue();
        }
        assertThat(rows(sql)).isEqualTo(crashed);
        assertThat(crashed.getLast()).as("dead letters").isNotEmpty();
        assertThat(totals("peace:")).isEqualTo(crashedTotals).isEqualTo(Totals.fold(log.recorded()));
    }

    private static List<List<Record>> rows(DSLContext sql) {
        return List.of(
                List.copyOf(sql.fetch("select * from ledger_v1.balance order by account")),
                List.copyOf(sql.fetch("select * from ledger_v1.deposit order by position")),
                List.copyOf(
                        sql.fetch(
                                "select position, sequence_key, event_type, error from projection.dead_letter order by position")));
    }

    private Map<Integer, Long> totals(String prefix) {
        try (var connection = redis.connect()) {
            return new Totals("totals", 1).read(connection.sync(), prefix);
        }
    }
}
