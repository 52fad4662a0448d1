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

    /** Of scripts that could not be done just now. */
    private static final long REFUSED = 0;

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
        String expected = former.map(one -> one.keys("").edition()).orElse("");
        Optional<RedisKeys> left = former.filter(one -> !one.equals(edition)).map(one -> one.keys(prefix));
        boolean led =
                left.map(one -> leadFrom(one, keys, expected)).orElseGet(() -> lead(keys, expected, "") != REFUSED);
        if (led) {
            LOG.info("Projection {} is served by {}", projection.name(), edition.spoken());
        }
        return led;
    }

    private boolean leadFrom(RedisKeys former, RedisKeys next, String expected) {
        long till = redis.run(
                RedisScripts.HOLD,
                List.of(former.position()),
                List.of(Long.toString(RedisStore.HELD_AT_MOST.toSeconds())));
        if (till == REFUSED) {
            return false;
        }
        long since = isFurther(former, next) ? REFUSED : lead(next, expected, Long.toString(till));
        if (since == REFUSED) {
            redis.is(RedisScripts.RELEASE, List.of(former.position()), List.of(Long.toString(till)));
            return false;
        }
        redis.is(RedisScripts.RETIRE, List.of(former.position()), List.of(Long.toString(since)));
        return true;
    }

    /** Since when it is served. */
    private long lead(RedisKeys next, String expected, String till) {
        return redis.is(RedisScripts.WANT, List.of(next.position()), List.of())
                ? redis.run(RedisScripts.SERVE, List.of(activeKey, retiredKey), List.of(next.edition(), expected, till))
                : REFUSED;
    }

    private boolean isFurther(RedisKeys former, RedisKeys next) {
        Map<String, String> theirs = redis.sync().hgetall(former.position());
        Map<String, String> mine = redis.sync().hgetall(next.position());
        boolean further = RedisStore.sound(theirs)
                && Objects.equals(theirs.get("log"), mine.get("log"))
                && Long.parseLong(theirs.get("position")) > Long.parseLong(mine.get("position"));
        if (further) {
            LOG.debug(
                    "Projection {} is not switched yet: the former edition is at {}, this one at {}",
                    projection.name(),
                    theirs.get("position"),
                    mine.get("position"));
        }
        return further;
    }
}
