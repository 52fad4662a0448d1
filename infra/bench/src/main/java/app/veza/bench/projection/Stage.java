package app.veza.bench.projection;

import app.veza.bench.CpuClock;
import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import app.veza.embedded.PostgresServer;
import app.veza.embedded.PostgresServerOptions;
import app.veza.embedded.RedisServer;
import app.veza.embedded.RedisServerOptions;
import app.veza.embedded.S3Server;
import app.veza.embedded.S3ServerOptions;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventLogConfig;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.personal.Erasures;
import app.veza.eventstore.personal.MasterKeys;
import app.veza.eventstore.personal.SubjectKeys;
import app.veza.projectionengine.ProjectionTargets;
import app.veza.server.node.EventCodecs;
import app.veza.server.node.StoredErasures;
import app.veza.stores.ObjectStore;
import app.veza.stores.ObjectStoreConfig;
import app.veza.stores.Redis;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.FlushMode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Servers of this bench's own, and the log on them. Primary and analytics are one PostgreSQL here. */
final class Stage implements AutoCloseable {

    private final NatsServer nats;
    private final PostgresServer postgres;
    private final RedisServer redis;
    private final S3Server objects;
    private final HikariDataSource database;
    private final Redis redisClient;
    private final ObjectStore objectStore;
    private final EventLog log;
    private final MasterKeys masterKeys =
            MasterKeys.ofText(Base64.getEncoder().encodeToString(new byte[32]), "the bench");
    private final JacksonEventCodec codec;
    private final Erasures erasures;

    Stage(Path directory) {
        nats = NatsServer.start(NatsServerOptions.in(directory.resolve("nats")));
        postgres = PostgresServer.start(PostgresServerOptions.in(directory.resolve("postgres")));
        redis = RedisServer.start(RedisServerOptions.in(directory.resolve("redis")));
        objects = S3Server.start(S3ServerOptions.in(directory.resolve("s3")));
        var config = new HikariConfig();
        config.setJdbcUrl(postgres.url());
        config.setUsername(postgres.username());
        config.setPassword(postgres.password());
        config.setMaximumPoolSize(30);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        database = new HikariDataSource(config);
        redisClient = Redis.open(redis.url(), Duration.ofSeconds(1), new SimpleMeterRegistry());
        objectStore = ObjectStore.open(ObjectStoreConfig.from(objects.properties()));
        log = EventLog.open(EventLogConfig.defaults(nats.url(), directory.resolve("index")), new SimpleMeterRegistry());
        SubjectKeys keys = SubjectKeys.open(database, masterKeys);
        codec = EventCodecs.with(keys);
        erasures = Erasures.open(log, keys, new StoredErasures(objectStore, "bench"), EventCodecs.erasures());
    }

    EventLog log() {
        return log;
    }

    HikariDataSource database() {
        return database;
    }

    ProjectionTargets targets() {
        return new ProjectionTargets(database, database, redisClient.client());
    }

    /** That of the process that writes: with the keys of whom it has to do with, and without those of who is {@link #erasures erased}. */
    JacksonEventCodec codec() {
        return codec;
    }

    Erasures erasures() {
        return erasures;
    }

    /** With no key in memory yet, as that of a process that has just started. */
    JacksonEventCodec freshCodec() {
        return EventCodecs.with(SubjectKeys.open(database, masterKeys));
    }

    CpuClock postgresClock() {
        return new CpuClock(postgres.pid());
    }

    CpuClock redisClock() {
        return new CpuClock(redis.pid());
    }

    /** As if no projection had ever run; the keys of people stay. */
    void empty() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> schemas = new ArrayList<>();
            try (var found = statement.executeQuery("""
                    select nspname from pg_namespace
                    where nspname not like 'pg\\_%' and nspname not in ('information_schema', 'public', 'personal')
                    """)) {
                while (found.next()) {
                    schemas.add(found.getString(1));
                }
            }
            for (String schema : schemas) {
                statement.execute("drop schema " + schema + " cascade");
            }
        }
        try (var connection = redisClient.client().connect()) {
            // in the background: what a million events left takes longer than a command may
            connection.sync().flushall(FlushMode.ASYNC);
        }
    }

    @Override
    public void close() throws InterruptedException {
        erasures.close();
        log.close();
        objectStore.close();
        redisClient.close();
        database.close();
        objects.close();
        redis.close();
        postgres.close();
        nats.close();
    }
}
