package app.veza.bench.projection;

import app.veza.bench.CpuClock;
import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import app.veza.embedded.PostgresServer;
import app.veza.embedded.PostgresServerOptions;
import app.veza.embedded.RedisServer;
import app.veza.embedded.RedisServerOptions;
import app.veza.event.Erased;
import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventLogConfig;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.personal.MasterKeys;
import app.veza.eventstore.personal.PersonalFields;
import app.veza.eventstore.personal.SubjectKeys;
import app.veza.projectionengine.ProjectionTargets;
import app.veza.stores.Redis;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
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
    private final HikariDataSource database;
    private final Redis redisClient;
    private final EventLog log;
    private final MasterKeys masterKeys =
            MasterKeys.ofText(Base64.getEncoder().encodeToString(new byte[32]), "the bench");

    Stage(Path directory) {
        nats = NatsServer.start(NatsServerOptions.in(directory.resolve("nats")));
        postgres = PostgresServer.start(PostgresServerOptions.in(directory.resolve("postgres")));
        redis = RedisServer.start(RedisServerOptions.in(directory.resolve("redis")));
        var config = new HikariConfig();
        config.setJdbcUrl(postgres.url());
        config.setUsername(postgres.username());
        config.setPassword(postgres.password());
        config.setMaximumPoolSize(30);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        database = new HikariDataSource(config);
        redisClient = Redis.open(redis.url(), Duration.ofSeconds(1), new SimpleMeterRegistry());
        log = EventLog.open(EventLogConfig.defaults(nats.url(), directory.resolve("index")), new SimpleMeterRegistry());
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

    /** With no key in memory yet, as a process that has just started. */
    JacksonEventCodec codec() {
        return new JacksonEventCodec(
                EventTypes.byName(),
                List.of(),
                new PersonalFields(
                        EventTypes.personalFields(),
                        EventTags.PERSON,
                        SubjectKeys.open(database, masterKeys),
                        Erased.TEXT));
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
            connection.sync().flushall();
        }
    }

    @Override
    public void close() {
        log.close();
        redisClient.close();
        database.close();
        redis.close();
        postgres.close();
        nats.close();
    }
}
