package app.veza.bench.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import app.veza.embedded.PostgresServer;
import app.veza.embedded.PostgresServerOptions;
import app.veza.embedded.RedisServer;
import app.veza.embedded.RedisServerOptions;
import app.veza.event.Erased;
import app.veza.projectionengine.Projection;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.ProjectionJob;
import app.veza.projectionengine.RedisKeys;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two nodes share all of the product's projections, over its event store, while people talk, take back what they said, go, and now and then
 * say what cannot be applied; whatever dies or stands still, and whatever the database loses with its primary: the read models equal those
 * that one node fills in peace, row for row and key for key, and a verification by the product finds nothing.
 */
class ReadModelsCrashTest {

    private static final Logger LOG = LoggerFactory.getLogger(ReadModelsCrashTest.class);
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private enum Disaster {
        NODE_DIES,
        /** It has batches in its hands, and stands still until others have long gone on with what it led. */
        NODE_SLEEPS,
        PRIMARY_DIES,
        REDIS_DIES,
        NATS_DIES
    }

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
        crash(List.of(Disaster.values()), CrashNode.LEASE.multipliedBy(2));
    }

    @Test
    @Tag("soak")
    void areSoTooWhenANodeSleepsForAMinute() throws Exception {
        crash(List.of(Disaster.NODE_SLEEPS, Disaster.NODE_SLEEPS), MINUTE);
    }

    @Test
    @Tag("soak")
    void areAsOneNodeFillsThemAgainAndAgain() throws Exception {
        List<Disaster> disasters = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            // each of them once before any of them twice
            disasters.addAll(List.of(Disaster.values()));
        }
        crash(disasters, CrashNode.LEASE.multipliedBy(2));
    }

    private void crash(List<Disaster> disasters, Duration asleep) throws Exception {
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
            servers.putAll(CrashParts.addresses(
                    "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s?targetServerType=primary"
                            .formatted(primary.port(), replica.port(), primary.database()),
                    primary,
                    keys,
                    redisServer,
                    natsServer));
            own = CrashParts.open(servers, directory.resolve("own"));
            LOG.debug("Servers of {}", all);
            disasters(disasters, asleep);
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

    private void disasters(List<Disaster> disasters, Duration asleep) throws Exception {
        nodes.add(node(0));
        nodes.add(node(1));
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> talk = threads.submit(() -> new CrashTalk(own).until(over));
            try {
                for (Disaster one : disasters) {
                    disaster(one, asleep);
                }
                awaitDeadLetter();
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

    private void disaster(Disaster which, Duration asleep) throws Exception {
        int number = random.nextInt(nodes.size());
        // at some moment under load, not at a moment that the last disaster chose
        long before = await().atMost(PATIENCE).ignoreExceptions().until(this::position, at -> at > 0);
        awaitPosition(before + random.nextInt(1, 100));
        LOG.info("Disaster {} (node {}) behind {}", which, number, before);
        switch (which) {
            case NODE_DIES -> {
                nodes.get(number).kill();
                // the other one goes on alone
                awaitPosition(own.log().head());
                nodes.set(number, node(number));
            }
            case NODE_SLEEPS -> {
                nodes.get(number).signal("STOP");
                long stopped = System.nanoTime();
                awaitPosition(own.log().head());
                await().atMost(PATIENCE).until(() -> System.nanoTime() - stopped > asleep.toNanos());
                nodes.get(number).signal("CONT");
            }
            case PRIMARY_DIES -> primary.kill();
            case REDIS_DIES -> redisServer.kill();
            case NATS_DIES -> natsServer.kill();
        }
    }

    /** A history is as long as the disasters take, and may have had no poison yet. */
    private void awaitDeadLetter() {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> own.sql()
                        .fetchExists(own.sql()
                                .selectOne()
                                .from("projection.position")
                                .where("dead_letters > 0")));
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

    /** The least of all projections; fails while not all of them have one. */
    private long position() {
        List<RedisKeys> inRedis = ReadModels.inRedis(CrashNode.PREFIX);
        var row = own.sql().fetchOne("select count(*), min(position) from projection.current");
        assertThat(row.get(0, Integer.class)).isEqualTo(CrashParts.projections().size() - inRedis.size());
        long least = row.get(1, Long.class);
        try (var connection = own.redis().connect()) {
            for (RedisKeys keys : inRedis) {
                least = Math.min(least, Long.parseLong(connection.sync().hget(keys.position(), "position")));
            }
        }
        return least;
    }

    private void awaitPosition(long position) {
        try {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(position())
                            .as(
                                    "log at %d; nodes live: %s",
                                    own.log().head(),
                                    nodes.stream().map(CrashNode::isAlive).toList())
                            .isGreaterThanOrEqualTo(position));
        } catch (ConditionTimeoutException e) {
            LOG.error("What rests, and what does what:\n{}", new CrashScene(own, nodes).describe());
            throw e;
        }
    }

    private void assertAsFilledInPeace(long head) throws InterruptedException {
        ReadModels crashed = ReadModels.read(own, CrashNode.PREFIX);
        assertVerified(head);
        ReadModels.drop(own);
        try (ProjectionEngine engine = own.engine("peace:", null)) {
            awaitPosition(engine, head);
        }
        ReadModels peaceful = ReadModels.read(own, "peace:");
        assertThat(peaceful.rows()).isEqualTo(crashed.rows());
        assertThat(peaceful.keys()).isEqualTo(crashed.keys());
        assertThat(crashed.rows().get(ReadModels.DEAD_LETTERS)).isNotEmpty();
        assertThat(crashed.rows().values())
                .as("somebody was erased")
                .anyMatch(rows -> rows.stream().anyMatch(row -> row.contains(Erased.TEXT)));
        assertThat(crashed.sizes())
                .as("something of each")
                .hasSize(CrashParts.projections().size())
                .allSatisfy((name, size) -> assertThat(size).isPositive());
    }

    private static void awaitPosition(ProjectionEngine engine, long head) throws InterruptedException {
        for (Projection projection : CrashParts.projections()) {
            assertThat(engine.awaitPosition(projection.name(), head, PATIENCE))
                    .as("%s", engine.positions())
                    .isTrue();
        }
    }

    private void assertVerified(long head) throws InterruptedException {
        try (ProjectionEngine engine = own.engine(CrashNode.PREFIX, null)) {
            awaitPosition(engine, head);
            List<ProjectionJob> jobs = CrashParts.projections().stream()
                    .map(projection -> engine.jobs().verify(projection.name(), 5))
                    .toList();
            for (ProjectionJob job : jobs) {
                await().atMost(PATIENCE).until(() -> engine.jobs().job(job.id()).endedAt() != null);
                ProjectionJob ended = engine.jobs().job(job.id());
                assertThat(ended.state()).as("%s", ended).isEqualTo(ProjectionJob.State.DONE);
                assertThat(ended.verdict().same()).as("%s", ended.verdict()).isTrue();
            }
        }
    }
}
