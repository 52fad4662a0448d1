package app.veza.server.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import app.veza.embedded.PostgresServer;
import app.veza.embedded.PostgresServerOptions;
import app.veza.embedded.RedisServer;
import app.veza.embedded.RedisServerOptions;
import app.veza.projectionengine.Projection;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.RedisKeys;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two nodes share the product's projections, over its event store, while people talk, go and now and then say what cannot be applied; whatever
 * dies or stands still, and whatever the database loses with its primary: the read models equal those that one node fills in
 * peace, row for row and key for key.
 */
class ReadModelsCrashTest {

    private static final Logger LOG = LoggerFactory.getLogger(ReadModelsCrashTest.class);
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String RECENT = "recent_messages";

    @TempDir
    Path directory;

    private final SplittableRandom random = new SplittableRandom();
    private final Map<String, String> servers = new HashMap<>();
    private final List<CrashNode> nodes = new ArrayList<>();
    private PostgresServer primary;
    private PostgresServer replica;
    private PostgresServer keys;
    private RedisServer redisServer;
    private NatsServer natsServer;
    private CrashParts own;

    @Test
    void areAsOneNodeFillsThem() throws Exception {
        crash(5);
    }

    @Test
    @Tag("soak")
    void areAsOneNodeFillsThemAgainAndAgain() throws Exception {
        crash(80);
    }

    private void crash(int disasters) throws Exception {
        primary = PostgresServer.start(PostgresServerOptions.temporary());
        replica = PostgresServer.startReplica(PostgresServerOptions.temporary().withName("replica"), primary);
        // keys of personal data lie on a synchronous standby in production: what fails over loses none
        keys = PostgresServer.start(PostgresServerOptions.temporary().withName("keys"));
        redisServer = RedisServer.start(RedisServerOptions.temporary());
        natsServer = NatsServer.start(NatsServerOptions.temporary());
        try (AutoCloseable all = this::stop) {
            primary.supervised(true);
            redisServer.supervised(true);
            natsServer.supervised(true);
            EmbeddedPlatform.shared().properties().forEach((name, value) -> {
                if (name.startsWith("veza.s3.")) {
                    servers.put(name, value);
                }
            });
            servers.put("register", "crash-" + UUID.randomUUID());
            servers.put(
                    "db",
                    "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s?targetServerType=primary"
                            .formatted(primary.port(), replica.port(), primary.database()));
            servers.put("user", primary.username());
            servers.put("password", primary.password());
            servers.put("keys", keys.url());
            servers.put("keysUser", keys.username());
            servers.put("keysPassword", keys.password());
            servers.put("redis", redisServer.url());
            servers.put("nats", natsServer.url());
            own = CrashParts.open(servers, directory.resolve("own"));
            LOG.debug("Servers of {}", all);
            disasters(disasters);
        }
    }

    private void stop() throws InterruptedException {
        nodes.forEach(CrashNode::close);
        if (own != null) {
            own.close();
        }
        natsServer.close();
        redisServer.close();
        keys.close();
        replica.close();
        primary.close();
    }

    private void disasters(int disasters) throws Exception {
        nodes.addAll(List.of(node(0), node(1)));
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> talk = threads.submit(() -> new CrashTalk(own).until(over));
            try {
                for (int i = 0; i < disasters; i++) {
                    // each of them once before any of them twice
                    disaster(i % 5);
                }
                failOver();
            } finally {
                over.set(true);
            }
            talk.get();
        }
        long head = own.log().head();
        awaitPosition(head);
        // what is erased counts everywhere before the other side is folded
        await().atMost(PATIENCE).until(() -> own.erasures().position() >= head);
        nodes.forEach(CrashNode::close);
        assertAsFilledInPeace(head);
    }

    private CrashNode node(int number) throws Exception {
        return CrashNode.start("node-" + number, servers, directory.resolve("node-" + number));
    }

    private void disaster(int which) throws Exception {
        int number = random.nextInt(nodes.size());
        // at some moment under load, not at a moment that the last disaster chose
        long before = await().atMost(PATIENCE).ignoreExceptions().until(this::position, at -> at > 0);
        awaitPosition(before + random.nextInt(1, 100));
        LOG.info("Disaster {} (node {}) behind {}", which, number, before);
        switch (which) {
            case 0 -> {
                nodes.get(number).kill();
                // the other one goes on alone
                awaitPosition(own.log().head());
                nodes.set(number, node(number));
            }
            case 1 -> {
                nodes.get(number).signal("STOP");
                long stopped = System.nanoTime();
                awaitPosition(own.log().head());
                await().atMost(PATIENCE)
                        .until(() -> System.nanoTime() - stopped
                                > CrashNode.LEASE.multipliedBy(2).toNanos());
                nodes.get(number).signal("CONT");
            }
            case 2 -> primary.kill();
            case 3 -> redisServer.kill();
            default -> natsServer.kill();
        }
    }

    /** The primary does not come back; what it had not replicated yet is lost, batches and positions alike. */
    private void failOver() throws SQLException {
        awaitPosition(own.log().head());
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> superuser("select count(*) from projection.position") > 0);
        primary.supervised(false);
        primary.kill();
        superuser("select case when pg_promote() then 1 else 0 end");
        LOG.info("The replica is the primary now");
        awaitPosition(own.log().head());
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

    private DSLContext sql() {
        return DSL.using(own.database(), SQLDialect.POSTGRES);
    }

    /** The least of all projections; fails while not all of them have one. */
    private long position() {
        var row = sql().fetchOne("select count(*), min(position) from projection.current");
        assertThat(row.get(0, Integer.class)).isEqualTo(CrashParts.projections().size() - 1);
        try (var connection = own.redis().connect()) {
            String recent = connection.sync().hget(redisKeys(CrashNode.PREFIX).position(), "position");
            return Math.min(row.get(1, Long.class), Long.parseLong(recent));
        }
    }

    private static RedisKeys redisKeys(String prefix) {
        int version = CrashParts.projections().stream()
                .filter(one -> one.name().equals(RECENT))
                .findFirst()
                .map(Projection::version)
                .orElseThrow();
        return new RedisKeys(prefix, RECENT, version);
    }

    private void awaitPosition(long position) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(position())
                        .as(
                                "log at %d; nodes live: %s",
                                own.log().head(),
                                nodes.stream().map(CrashNode::isAlive).toList())
                        .isGreaterThanOrEqualTo(position));
    }

    private void assertAsFilledInPeace(long head) throws InterruptedException {
        Map<String, List<String>> crashed = rows();
        Map<String, String> crashedKeys = redisValues(CrashNode.PREFIX);
        sql().execute("drop schema projection, view cascade");
        schemas().forEach(schema -> sql().execute("drop schema " + schema + " cascade"));
        try (ProjectionEngine engine = own.engine("peace:", null)) {
            for (Projection projection : CrashParts.projections()) {
                assertThat(engine.awaitPosition(projection.name(), head, PATIENCE))
                        .as("%s", engine.positions())
                        .isTrue();
            }
        }
        assertThat(rows()).isEqualTo(crashed);
        assertThat(crashed.get("projection.dead_letter")).as("dead letters").isNotEmpty();
        assertThat(crashed.values().stream().mapToInt(List::size).sum()).isGreaterThan(100);
        assertThat(redisValues("peace:")).isEqualTo(crashedKeys).isNotEmpty();
    }

    private List<String> schemas() {
        return sql().fetch("select nspname from pg_namespace where nspname ~ '_v[0-9]+$' order by 1")
                .getValues(0, String.class);
    }

    /** Of each table of read models as text, and the dead letters, without when they were parked and tried. */
    private Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new TreeMap<>();
        sql().fetch("""
                        select quote_ident(nspname) || '.' || quote_ident(relname) from pg_class c
                        join pg_namespace n on n.oid = relnamespace
                        where relkind in ('r', 'p') and not relispartition and nspname ~ '_v[0-9]+$'""")
                .getValues(0, String.class)
                .forEach(table -> rows.put(
                        table,
                        sql().fetch("select one::text from " + table + " one order by 1")
                                .getValues(0, String.class)));
        rows.put(
                "projection.dead_letter",
                sql().fetch(
                                "select (name, position, sequence_key, event_type, error)::text from projection.dead_letter order by 1")
                        .getValues(0, String.class));
        return rows;
    }

    private Map<String, String> redisValues(String prefix) {
        String stem = redisKeys(prefix).stem();
        try (var connection = own.redis().connect()) {
            RedisCommands<String, String> redis = connection.sync();
            Map<String, String> values = new TreeMap<>();
            for (String key : redis.keys(stem + "*")) {
                String local = key.substring(stem.length());
                if (!local.startsWith("!")) {
                    values.put(local, value(redis, key));
                }
            }
            return values;
        }
    }

    private static String value(RedisCommands<String, String> redis, String key) {
        return switch (redis.type(key)) {
            case "string" -> redis.get(key);
            case "hash" -> new TreeMap<>(redis.hgetall(key)).toString();
            case "zset" -> redis.zrangeWithScores(key, 0, -1).toString();
            case "set" -> redis.smembers(key).stream().sorted().toList().toString();
            case "list" -> redis.lrange(key, 0, -1).toString();
            default -> throw new IllegalStateException("A key of another type: " + key);
        };
    }
}
