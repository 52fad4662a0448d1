package app.veza.server.crash;

import app.veza.event.Erased;
import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.identity.PersonErased;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventLogConfig;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.Tag;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.json.PayloadTransform;
import app.veza.eventstore.personal.ErasureEvents;
import app.veza.eventstore.personal.Erasures;
import app.veza.eventstore.personal.MasterKeys;
import app.veza.eventstore.personal.PersonalFields;
import app.veza.eventstore.personal.SubjectKeys;
import app.veza.projection.Projections;
import app.veza.projectionengine.Projection;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.ProjectionEngineConfig;
import app.veza.projectionengine.ProjectionNode;
import app.veza.projectionengine.ProjectionTargets;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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

    /** Those in which a person, a room and a message leave their traces, and one that meets poison. */
    private static final Set<String> NAMES = Set.of("people", "chat", "search", "recent_messages");

    private static final String ERASED = EventTypes.nameOf(PersonErased.class);

    /** @param servers {@code db} (the primary, wherever it is), {@code keys}, {@code user}, {@code password}, {@code redis}, {@code nats}, S3's */
    static CrashParts open(Map<String, String> servers, Path directory) {
        EventLog log = EventLog.open(
                EventLogConfig.defaults(servers.get("nats"), directory.resolve("index")), new SimpleMeterRegistry());
        MasterKeys masterKeys = MasterKeys.ofText(Base64.getEncoder().encodeToString(new byte[32]), "the crash test");
        HikariDataSource keyDatabase =
                database(servers.get("keys"), servers.get("keysUser"), servers.get("keysPassword"));
        SubjectKeys keys = SubjectKeys.open(keyDatabase, masterKeys);
        Erasures erasures = Erasures.open(
                log,
                keys,
                new StoredErasures(ObjectStore.open(ObjectStoreConfig.from(servers)), servers.get("register")),
                new ErasureEvents(
                        ERASED,
                        event -> event.tags().stream()
                                .filter(tag -> tag.key().equals(EventTags.PERSON))
                                .findFirst()
                                .orElseThrow()
                                .value(),
                        CrashParts::erasure));
        return new CrashParts(
                log,
                new JacksonEventCodec(
                        EventTypes.byName(),
                        List.of(),
                        new PersonalFields(EventTypes.personalFields(), EventTags.PERSON, keys, Erased.TEXT)),
                erasures,
                keyDatabase,
                database(servers.get("db"), servers.get("user"), servers.get("password")),
                redis(servers.get("redis")));
    }

    private static NewEvent erasure(String person) {
        var codec = new JacksonEventCodec(EventTypes.byName(), List.of(), PayloadTransform.NONE);
        return new NewEvent(
                UUID.randomUUID().toString(),
                ERASED,
                "1",
                Instant.now(),
                List.of(new Tag(EventTags.PERSON, person)),
                Map.of(),
                codec.encode(ERASED, "1", new PersonErased(UUID.fromString(person))));
    }

    static List<Projection> projections() {
        List<Projection> projections = new ArrayList<>(Projections.all().stream()
                .filter(one -> NAMES.contains(one.name()))
                .toList());
        projections.add(new Spoken());
        return projections;
    }

    ProjectionEngine engine(String redisKeyPrefix, @Nullable ProjectionNode node) {
        LoggedEvents events = new LoggedEvents(log, codec);
        return ProjectionEngine.start(
                events,
                new ProjectionTargets(database, database, redis),
                projections(),
                config().withRedisKeyPrefix(redisKeyPrefix),
                new SimpleMeterRegistry(),
                node);
    }

    /** Many commits in a short time, so that a crash has many places to happen in. */
    private static ProjectionEngineConfig config() {
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

    private static HikariDataSource database(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(12);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(2_000);
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

    @Override
    public void close() throws InterruptedException {
        erasures.close();
        log.close();
        keyDatabase.close();
        database.close();
        redis.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
