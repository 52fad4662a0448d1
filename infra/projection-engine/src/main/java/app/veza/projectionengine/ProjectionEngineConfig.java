package app.veza.projectionengine;

import java.time.Duration;
import java.util.List;

/**
 * @param sqlBatch most events handled in one transaction; the engine goes below when batches take long
 * @param redisBatch most events handled in one script, which stops Redis for others while it runs
 * @param linger least time between two commits of one projection under load; after a pause an event is applied at once
 * @param positionInterval most time that the position rests while events it does not handle pass by and nobody on this node waits
 *     for it; a read on another node, over several projections, waits that long for those that an event does not concern
 * @param statementTimeout of each statement in the databases
 * @param lockTimeout of each wait for a lock in the databases, view switches included
 * @param idleTimeout after which a transaction whose runner says nothing is ended, so a paused one blocks no other
 * @param maxBackoff longest pause before something transient is tried again
 * @param takeOver how long a position must rest, with events to apply, before a runner that stands by goes on itself
 * @param headGrace how long a checkpoint past the head is watched at least before it may count as another log's
 * @param readerRoles existing roles of the databases that may read positions and views
 * @param redisKeyPrefix before every key, see {@link RedisKeys}
 * @param switching when readers are led to a newer version that is filled
 */
public record ProjectionEngineConfig(
        int sqlBatch,
        int redisBatch,
        Duration linger,
        Duration positionInterval,
        Duration statementTimeout,
        Duration lockTimeout,
        Duration idleTimeout,
        Duration maxBackoff,
        Duration takeOver,
        Duration headGrace,
        List<String> readerRoles,
        String redisKeyPrefix,
        Switching switching) {
    /** What happens once newer code has filled its version. */
    public enum Switching {
        /** Readers are led to it. */
        BY_ITSELF,
        /** It is kept at the head; a rebuild that a person asks for leads the readers over. */
        WHEN_ASKED
    }

    public ProjectionEngineConfig {
        if (sqlBatch < 1 || redisBatch < 1) {
            throw new IllegalArgumentException("A batch holds at least one event");
        }
        for (Duration positive :
                List.of(positionInterval, statementTimeout, lockTimeout, idleTimeout, maxBackoff, takeOver)) {
            if (!positive.isPositive()) {
                throw new IllegalArgumentException("Not a positive time: " + positive);
            }
        }
        if (linger.isNegative() || headGrace.isNegative()) {
            throw new IllegalArgumentException("A time is negative");
        }
        readerRoles = List.copyOf(readerRoles);
    }

    public static ProjectionEngineConfig defaults() {
        return new ProjectionEngineConfig(
                10_000,
                500,
                Duration.ofMillis(5),
                Duration.ofMillis(75),
                Duration.ofSeconds(30),
                Duration.ofSeconds(3),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                List.of(),
                "",
                Switching.BY_ITSELF);
    }

    public ProjectionEngineConfig withRedisKeyPrefix(String prefix) {
        return new ProjectionEngineConfig(
                sqlBatch,
                redisBatch,
                linger,
                positionInterval,
                statementTimeout,
                lockTimeout,
                idleTimeout,
                maxBackoff,
                takeOver,
                headGrace,
                readerRoles,
                prefix,
                switching);
    }

    public ProjectionEngineConfig withReaderRoles(List<String> roles) {
        return new ProjectionEngineConfig(
                sqlBatch,
                redisBatch,
                linger,
                positionInterval,
                statementTimeout,
                lockTimeout,
                idleTimeout,
                maxBackoff,
                takeOver,
                headGrace,
                roles,
                redisKeyPrefix,
                switching);
    }

    public ProjectionEngineConfig withHeadGrace(Duration grace) {
        return new ProjectionEngineConfig(
                sqlBatch,
                redisBatch,
                linger,
                positionInterval,
                statementTimeout,
                lockTimeout,
                idleTimeout,
                maxBackoff,
                takeOver,
                grace,
                readerRoles,
                redisKeyPrefix,
                switching);
    }

    public ProjectionEngineConfig withSwitching(Switching when) {
        return new ProjectionEngineConfig(
                sqlBatch,
                redisBatch,
                linger,
                positionInterval,
                statementTimeout,
                lockTimeout,
                idleTimeout,
                maxBackoff,
                takeOver,
                headGrace,
                readerRoles,
                redisKeyPrefix,
                when);
    }
}
