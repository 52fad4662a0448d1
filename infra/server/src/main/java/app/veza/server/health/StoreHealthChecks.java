package app.veza.server.health;

import app.veza.stores.ObjectStore;
import app.veza.stores.PostgresPool;
import app.veza.stores.Redis;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** PostgreSQL by a query, the replica with how far it is behind, Redis by a ping and its memory. */
@Configuration(proxyBeanMethods = false)
class StoreHealthChecks {

    /**
     * Bytes of the primary's log that the replica knows of and has not applied, and the age of what it applied last. Who is no
     * monitor sees of the receiver only that it is there.
     */
    private static final String REPLICA = """
        SELECT pg_is_in_recovery() AS standby,
               coalesce(pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()), 0)::bigint AS lag_bytes,
               CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
                    ELSE coalesce(extract(milliseconds FROM clock_timestamp() - pg_last_xact_replay_timestamp()), 0)
               END::bigint AS lag_millis,
               EXISTS (SELECT FROM pg_stat_wal_receiver WHERE pid IS NOT NULL) AS streaming
        """;

    @Bean
    HealthCheck postgresPrimaryHealth(@Qualifier("primary") PostgresPool pool) {
        return named("postgresPrimary", () -> writable(pool, "primary"));
    }

    @Bean
    HealthCheck postgresReplicaHealth(@Qualifier("replica") PostgresPool pool) {
        return named("postgresReplica", () -> standby(pool));
    }

    @Bean
    HealthCheck postgresAnalyticsHealth(@Qualifier("analytics") PostgresPool pool) {
        return named("postgresAnalytics", () -> writable(pool, "analytics"));
    }

    @Bean
    HealthCheck redisHealth(Redis redis) {
        return named("redis", () -> {
            var commands = redis.connection().sync();
            commands.ping();
            Map<String, String> memory = Stream.of(commands.info("memory").split("\r?\n"))
                    .map(line -> line.split(":", 2))
                    .filter(pair -> pair.length == 2)
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
            return Map.of(
                    "role", "cache",
                    "usedMemoryBytes", Long.parseLong(memory.get("used_memory")),
                    "maxMemoryBytes", Long.parseLong(memory.get("maxmemory")));
        });
    }

    @Bean
    HealthCheck objectStoreHealth(ObjectStore objects) {
        return named("s3", () -> {
            objects.check();
            return Map.of("role", "objects");
        });
    }

    private static Map<String, Object> writable(PostgresPool pool, String role) throws SQLException, DownException {
        try (Connection connection = pool.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
            row.next();
            if (row.getBoolean(1)) {
                throw new DownException("is a standby: it must accept writes");
            }
            return Map.of("role", role);
        }
    }

    private static Map<String, Object> standby(PostgresPool pool) throws SQLException, DownException {
        try (Connection connection = pool.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(REPLICA)) {
            row.next();
            if (row.getBoolean("standby") && !row.getBoolean("streaming")) {
                throw new DownException("does not stream from the primary");
            }
            return Map.of(
                    "role", "replica",
                    "standby", row.getBoolean("standby"),
                    "lagBytes", row.getLong("lag_bytes"),
                    "lagMillis", row.getLong("lag_millis"));
        }
    }

    /** The look itself, without its name. */
    interface Look {
        Map<String, Object> check() throws Exception;
    }

    static HealthCheck named(String part, Look look) {
        return new HealthCheck() {
            @Override
            public String part() {
                return part;
            }

            @Override
            public Map<String, Object> check() throws Exception {
                return look.check();
            }
        };
    }
}
