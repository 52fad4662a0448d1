package app.veza.projection.kit;

import app.veza.event.VezaEvent;
import app.veza.projectionengine.Projection;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.ProjectionEngineConfig;
import app.veza.projectionengine.ProjectionStatus;
import app.veza.projectionengine.ProjectionTargets;
import app.veza.stores.PostgresPool;
import app.veza.stores.Redis;
import app.veza.stores.StoresConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Projections in the real engine, on real servers, over a history that a test writes. */
public final class RunningProjections implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final History history = new History();
    private final String redisKeyPrefix = "test-" + UUID.randomUUID() + ":";
    private final PostgresPool primary;
    private final PostgresPool analytics;
    private final Redis redis;
    private final ProjectionEngine engine;

    private RunningProjections(
            Collection<? extends Projection> projections, Map<String, String> properties, int redisBatch) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        StoresConfig stores = StoresConfig.from(properties);
        primary = PostgresPool.open(stores.primaryWriter(), meters);
        analytics = PostgresPool.open(stores.analyticsWriter(), meters);
        redis = Redis.open(stores.redisUrl(), stores.redisTimeout(), meters);
        engine = ProjectionEngine.start(
                history,
                new ProjectionTargets(primary.dataSource(), analytics.dataSource(), redis.client()),
                projections,
                config(redisKeyPrefix, redisBatch),
                meters);
    }

    /** @param properties of a fresh database */
    public static RunningProjections start(
            Collection<? extends Projection> projections, Map<String, String> properties) {
        return start(projections, properties, ProjectionEngineConfig.defaults().redisBatch());
    }

    /** @param redisBatch most events of a batch into Redis */
    public static RunningProjections start(
            Collection<? extends Projection> projections, Map<String, String> properties, int redisBatch) {
        return new RunningProjections(projections, properties, redisBatch);
    }

    /**
     * Writes events and waits until every projection has them.
     *
     * @return position of the last one
     */
    public long given(VezaEvent... events) {
        return reached(history.append(events));
    }

    /** As {@link #given(VezaEvent...)}, all of them at one time. */
    public long given(Instant at, VezaEvent... events) {
        return reached(history.append(at, events));
    }

    private long reached(long position) {
        engine.positions().values().forEach(status -> await(status, position));
        return position;
    }

    public History history() {
        return history;
    }

    public PostgresPool primary() {
        return primary;
    }

    public PostgresPool analytics() {
        return analytics;
    }

    public Redis redis() {
        return redis;
    }

    public String redisKeyPrefix() {
        return redisKeyPrefix;
    }

    private void await(ProjectionStatus projection, long position) {
        try {
            if (!engine.awaitPosition(projection.name(), position, PATIENCE)) {
                throw new AssertionError("Position " + position + " was not reached: "
                        + engine.positions().get(projection.name()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static ProjectionEngineConfig config(String redisKeyPrefix, int redisBatch) {
        ProjectionEngineConfig defaults = ProjectionEngineConfig.defaults();
        return new ProjectionEngineConfig(
                defaults.sqlBatch(),
                redisBatch,
                defaults.linger(),
                defaults.positionInterval(),
                defaults.statementTimeout(),
                defaults.lockTimeout(),
                defaults.idleTimeout(),
                defaults.maxBackoff(),
                defaults.takeOver(),
                defaults.headGrace(),
                defaults.readerRoles(),
                redisKeyPrefix,
                defaults.switching());
    }

    @Override
    public void close() {
        engine.close();
        redis.close();
        primary.close();
        analytics.close();
    }
}
