package app.veza.bench.projection;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.NatsServer;
import app.veza.embedded.PostgresServer;
import app.veza.embedded.RedisServer;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventLogConfig;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.personal.Erasures;
import app.veza.eventstore.personal.MasterKeys;
import app.veza.eventstore.personal.SubjectKeys;
import app.veza.projection.Projections;
import app.veza.projectionengine.Projection;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.ProjectionEngineConfig;
import app.veza.projectionengine.ProjectionNode;
import app.veza.projectionengine.ProjectionTargets;
import app.veza.server.node.EventCodecs;
import app.veza.server.node.LoggedEvents;
import app.veza.server.node.StoredErasures;
import app.veza.stores.ObjectStore;
import app.veza.stores.ObjectStoreConfig;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.TimeoutOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What a node has of the real product beneath its projections: the log with its index, personal data with its keys, databases, Redis. */
record CrashParts(
        EventLog log,
        JacksonEventCodec codec,
        Erasures erasures,
        HikariDataSource keyDatabase,
        HikariDataSource database,
        RedisClient redis)
        implements AutoCloseable {

    private static final Duration OUTAGE = Duration.ofSeconds(2);
    /** Nobody kills the database of keys; but the first connection of a cold process takes its time. */
    private static final Duration START = Duration.ofMinutes(1);

    /**
     * For {@link #open}, with the S3 of the test run.
     *
     * @param database JDBC URL of the primary, wherever it is
     */
    static Map<String, String> addresses(
            String database, PostgresServer primary, PostgresServer keys, RedisServer redis, NatsServer nats) {
        Map<String, String> servers = new HashMap<>();
        EmbeddedPlatform.shared().properties().forEach((name, value) -> {
            if (name.startsWith("veza.s3.")) {
                servers.put(name, value);
            }
        });
        servers.put("register", "crash-" + UUID.randomUUID());
        servers.put("db", database);
        servers.put("user", primary.username());
        servers.put("password", primary.password());
        servers.put("keys", keys.url());
        servers.put("keysUser", keys.username());
        servers.put("keysPassword", keys.password());
        servers.put("redis", redis.url());
        servers.put("nats", nats.url());
        return servers;
    }

    /** @param servers {@code db} (the primary, wherever it is), {@code keys}, {@code user}, {@code password}, {@code redis}, {@code nats}, S3's */
    static CrashParts open(Map<String, String> servers, Path directory) {
        EventLog log = EventLog.open(
                EventLogConfig.defaults(servers.get("nats"), directory.resolve("index")), new SimpleMeterRegistry());
        MasterKeys masterKeys = MasterKeys.ofText(Base64.getEncoder().encodeToString(new byte[32]), "the crash test");
        HikariDataSource keyDatabase =
                database(servers.get("keys"), servers.get("keysUser"), servers.get("keysPassword"), START);
        SubjectKeys keys = SubjectKeys.open(keyDatabase, masterKeys);
        Erasures erasures = Erasures.open(
                log,
                keys,
                new StoredErasures(ObjectStore.open(ObjectStoreConfig.from(servers)), servers.get("register")),
                EventCodecs.erasures());
        return new CrashParts(
                log,
                EventCodecs.with(keys),
                erasures,
                keyDatabase,
                database(servers.get("db"), servers.get("user"), servers.get("password"), OUTAGE),
                redis(servers.get("redis")));
    }

    /** The product's own, and one that meets poison. */
    static List<Projection> projections() {
        List<Projection> projections = new ArrayList<>(Projections.all());
        projections.add(new Spoken());
        return projections;
    }

    /** @param node null: of one that has all to itself, with the batches of production */
    ProjectionEngine engine(String redisKeyPrefix, @Nullable ProjectionNode node) {
        LoggedEvents events = new LoggedEvents(log, codec);
        return ProjectionEngine.start(
                events,
                new ProjectionTargets(database, database, redis),
                projections(),
                (node == null ? ProjectionEngineConfig.defaults() : hasty()).withRedisKeyPrefix(redisKeyPrefix),
                new SimpleMeterRegistry(),
                node);
    }

    /** Many commits in a short time, so that a crash has many places to happen in. */
    private static ProjectionEngineConfig hasty() {
        return new ProjectionEngineConfig(
                20,
                10,
                Duration.ofMillis(2),
                Duration.ofMillis(50),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofMillis(500),
                Duration.ofMillis(1_000),
                Duration.ofSeconds(10),
                List.of(),
                "",
                ProjectionEngineConfig.Switching.BY_ITSELF);
    }

    /** @param patience with a database that gives no connection */
    private static HikariDataSource database(String url, String user, String password, Duration patience) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(12);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(patience.toMillis());
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("socketTimeout", "20");
        return new HikariDataSource(config);
    }

    private static RedisClient redis(String url) {
        RedisClient client = RedisClient.create(url);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(Duration.ofSeconds(2)))
                .build());
        return client;
    }

    DSLContext sql() {
        return DSL.using(database, SQLDialect.POSTGRES);
    }

    @Override
    public void close() throws InterruptedException {
        erasures.close();
        log.close();
        keyDatabase.close();
        database.close();
        redis.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
