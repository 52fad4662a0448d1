package app.veza.server.node;

import app.veza.eventstore.EventLog;
import app.veza.query.analytics.AnalyticsStore;
import app.veza.stores.ObjectStore;
import app.veza.stores.ObjectStoreConfig;
import app.veza.stores.PostgresPool;
import app.veza.stores.ReadPositions;
import app.veza.stores.Redis;
import app.veza.stores.StoresConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Pools and clients, each opened once for the node. All of them open also while their server is away. */
@Configuration(proxyBeanMethods = false)
class StoresWiring {

    @Bean
    StoresConfig storesConfig(Environment environment) {
        return StoresConfig.from(NodeProperties.of(environment));
    }

    @Bean
    PostgresPool primary(StoresConfig config, MeterRegistry meters) {
        return PostgresPool.open(config.primary(), meters);
    }

    @Bean
    PostgresPool replica(StoresConfig config, MeterRegistry meters) {
        return PostgresPool.open(config.replica(), meters);
    }

    @Bean
    PostgresPool analytics(StoresConfig config, MeterRegistry meters) {
        return PostgresPool.open(config.analytics(), meters);
    }

    /** A database without a replica, so reads wait for it alone. */
    @Bean
    AnalyticsStore analyticsStore(@Qualifier("analytics") PostgresPool analytics, EventLog log, MeterRegistry meters) {
        return new AnalyticsStore(new ReadPositions(analytics, analytics, log::logId, meters));
    }

    /** Where analysts have a role of their own for SQL, as {@code veza.postgres.analyst.username} tells. */
    @Bean
    @ConditionalOnProperty("veza.postgres.analyst.username")
    AnalystSessions analystSessions(@Qualifier("analytics") PostgresPool analytics, Environment environment) {
        return AnalystSessions.watch(
                analytics,
                environment.getRequiredProperty("veza.postgres.analyst.username"),
                environment.getProperty(
                        "veza.postgres.analyst.longest-transaction", Duration.class, Duration.ofMinutes(10)));
    }

    @Bean
    @ConditionalOnRole(Role.PROJECTIONS)
    PostgresPool primaryWriter(StoresConfig config, MeterRegistry meters) {
        return PostgresPool.open(config.primaryWriter(), meters);
    }

    @Bean
    @ConditionalOnRole(Role.PROJECTIONS)
    PostgresPool analyticsWriter(StoresConfig config, MeterRegistry meters) {
        return PostgresPool.open(config.analyticsWriter(), meters);
    }

    @Bean
    PostgresPool keyPool(StoresConfig config, MeterRegistry meters) {
        return PostgresPool.open(config.keys(), meters);
    }

    @Bean
    ReadPositions readPositions(
            @Qualifier("replica") PostgresPool replica,
            @Qualifier("primary") PostgresPool primary,
            EventLog log,
            MeterRegistry meters) {
        return new ReadPositions(replica, primary, log::logId, meters);
    }

    @Bean
    Redis redis(StoresConfig config, MeterRegistry meters) {
        return Redis.open(config.redisUrl(), config.redisTimeout(), meters);
    }

    @Bean
    ObjectStore objectStore(Environment environment) {
        return ObjectStore.open(ObjectStoreConfig.from(NodeProperties.of(environment)));
    }
}
