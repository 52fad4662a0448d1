package app.veza.projectionengine;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which edition of a projection in Redis readers see, and how they are led to another one. The pointer and the positions have other
 * hash tags, so no script may move all of them: the former edition is held while the positions are compared, and retired once
 * readers are led away. Who dies in between leaves a former edition that is followed for nothing until {@link
 * RedisEditions#dropRetired} finds it.
 */
final class RedisServed {
    private static final Logger LOG = LoggerFactory.getLogger(RedisServed.class);

    private final RedisProjection projection;
    private final RedisConnection redis;
    private final String prefix;
    private final boolean asked;
    private final String activeKey;
    private final String retiredKey;

    /** @param asked a person wants the edition to be served, also where a higher version is */
    RedisServed(RedisProjection projection, RedisConnection redis, String prefix, boolean asked) {
        this.projection = projection;
        this.redis = redis;
        this.prefix = prefix;
        this.asked = asked;
        this.activeKey = RedisKeys.active(prefix, projection.name());
        this.retiredKey = RedisKeys.retired(prefix, projection.name());
    }

    Optional<Edition> edition() {
        return edition(redis, prefix, projection.name());
    }

    /** The edition that readers see. */
    static Optional<Edition> edition(RedisConnection redis, String prefix, String name) {
        return Optional.ofNullable(redis.sync().get(RedisKeys.active(prefix, name)))
                .map(active -> RedisKeys.served(prefix, name, active))
                .map(served -> new Edition(name, served.version(), served.generation()));
    }

    /** As {@link ProjectionStore#serve}. */
    boolean serve(Edition edition) {
        Optional<Edition> former = edition();
        if (!asked && former.filter(one -> one.version() > projection.version()).isPresent()) {
            LOG.warn(
                    "Projection {} stays served by {}",
                    projection.name(),
                    former.get().spoken());
            return true;
        }
        RedisKeys keys = edition.keys(prefix);
        Optional<RedisKeys> left = former.filter(one -> !one.equals(edition)).map(one -> one.keys(prefix));
        if (left.isPresent() && isFurther(left.get(), keys)) {
            return false;
        }
        String expected = former.map(one -> one.keys("").edition()).orElse("");
        if (!redis.is(RedisScripts.SERVE, List.of(activeKey, retiredKey), List.of(keys.edition(), expected))) {
            left.ifPresent(this::release);
            return false;
        }
        if (left.isPresent()) {
            redis.is(RedisScripts.RETIRE, List.of(left.get().position()), List.of());
        }
        LOG.info("Projection {} is served by {}", projection.name(), edition.spoken());
        return true;
    }

    /** Held when it is not. */
    private boolean isFurther(RedisKeys former, RedisKeys next) {
        if (redis.sync().exists(former.position()) == 0) {
            return false;
        }
        redis.is(
                RedisScripts.HOLD,
                List.of(former.position()),
                List.of(Long.toString(RedisStore.HELD_AT_MOST.toSeconds())));
        Map<String, String> theirs = redis.sync().hgetall(former.position());
        Map<String, String> mine = redis.sync().hgetall(next.position());
        boolean further = RedisStore.sound(theirs)
                && Objects.equals(theirs.get("log"), mine.get("log"))
                && Long.parseLong(theirs.get("position")) > Long.parseLong(mine.get("position"));
        if (further) {
            release(former);
            LOG.debug(
                    "Projection {} is not switched yet: the former edition is at {}, this one at {}",
                    projection.name(),
                    theirs.get("position"),
                    mine.get("position"));
        }
        return further;
    }

    private void release(RedisKeys held) {
        redis.is(RedisScripts.RELEASE, List.of(held.position()), List.of());
    }
}
