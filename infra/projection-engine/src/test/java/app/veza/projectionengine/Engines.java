package app.veza.projectionengine;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** How tests start engines and reach databases. */
final class Engines {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private Engines() {}

    static ProjectionEngineConfig config() {
        return config(200, 100, Duration.ofSeconds(10));
    }

    /** Many commits in a short time, so that a crash has many places to happen in. */
    static ProjectionEngineConfig smallBatches() {
        return config(20, 10, Duration.ofSeconds(10));
    }

    static ProjectionEngineConfig withStatementTimeout(Duration timeout) {
        return config(200, 100, timeout);
    }

    private static ProjectionEngineConfig config(int sqlBatch, int redisBatch, Duration statementTimeout) {
        return new ProjectionEngineConfig(
                sqlBatch,
                redisBatch,
                Duration.ofMillis(2),
                Duration.ofMillis(50),
                statementTimeout,
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofMillis(500),
                Duration.ofMillis(1_000),
                Duration.ofMillis(300),
                List.of(),
                "",
                ProjectionEngineConfig.Switching.BY_ITSELF);
    }

    static ProjectionEngine start(EventLog log, DataSource database, RedisClient redis, Projection... projections) {
        return start(log, new ProjectionTargets(database, database, redis), config(), projections);
    }

    static ProjectionEngine start(
            EventLog log, ProjectionTargets targets, ProjectionEngineConfig config, Projection... projections) {
        return ProjectionEngine.start(log, targets, List.of(projections), config, new SimpleMeterRegistry());
    }

    static HikariDataSource dataSource(String url, String username, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(username);
        config.setPassword(password);
        config.setMaximumPoolSize(12);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(2_000);
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("socketTimeout", "20");
        return new HikariDataSource(config);
    }

    static HikariDataSource primary(Map<String, String> properties) {
        return dataSource(
                properties.get("veza.postgres.primary.url"),
                properties.get("veza.postgres.primary.username"),
                properties.get("veza.postgres.primary.password"));
    }
}
