package app.veza.projectionengine;

import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Editions in Redis. */
final class RedisEditions implements Editions {
    private static final Logger LOG = LoggerFactory.getLogger(RedisEditions.class);

    private final RedisClient client;
    private final ProjectionEngineConfig config;

    RedisEditions(RedisClient client, ProjectionEngineConfig config) {
        this.client = client;
        this.config = config;
    }

    @Override
    public ProjectionStore store(Projection projection, Edition edition, boolean despiteDeadLetters) {
        return new RedisStore((RedisProjection) projection, client, config, edition, despiteDeadLetters, true);
    }

    @Override
    public ProjectionStore lasting(Projection projection, Edition edition) {
        return new RedisStore((RedisProjection) projection, client, config, edition, false, false);
    }

    @Override
    public void create(Projection projection, Edition edition, String logId) {
        try (RedisKeyspace keys = keyspace(edition)) {
            if (!edition.scratch()) {
                // before there is anything of it: what nobody fills any more is found here
                keys.note(
                        RedisKeys.begun(config.redisKeyPrefix(), projection.name()),
                        edition.keys("").edition());
            }
            if (keys.position().isEmpty()) {
                keys.empty("", "", logId);
            }
        }
    }

    @Override
    public int lastGeneration(String projection, int version) {
        try (RedisKeyspace any = keyspace(new Edition(projection, version, 1))) {
            List<String> editions = new ArrayList<>(any.hash(RedisKeys.retired(config.redisKeyPrefix(), projection))
                    .keySet());
            String active = any.get(RedisKeys.active(config.redisKeyPrefix(), projection));
            if (active != null) {
                editions.add(active);
            }
            return editions.stream()
                    .map(edition -> RedisKeys.served(config.redisKeyPrefix(), projection, edition))
                    .filter(keys -> keys.version() == version)
                    .mapToInt(RedisKeys::generation)
                    .max()
                    .orElse(1);
        }
    }

    @Override
    public Optional<Edition> served(String projection) {
        try (RedisConnection redis = new RedisConnection(client)) {
            return RedisServed.edition(redis, config.redisKeyPrefix(), projection);
        }
    }

    @Override
    public boolean isKeptAside(Projection projection) {
        try (RedisKeyspace aside = keyspace(Edition.first(projection))) {
            String active = aside.get(RedisKeys.active(config.redisKeyPrefix(), projection.name()));
            return active != null
                    && RedisKeys.served(config.redisKeyPrefix(), projection.name(), active)
                                    .version()
                            < projection.version()
                    && !aside.position().isEmpty();
        }
    }

    @Override
    public boolean isServed(Edition edition) {
        try (RedisKeyspace keys = keyspace(edition)) {
            return isServed(keys, edition);
        }
    }

    private boolean isServed(RedisKeyspace any, Edition edition) {
        return !edition.scratch()
                && edition.keys("")
                        .edition()
                        .equals(any.get(RedisKeys.active(config.redisKeyPrefix(), edition.name())));
    }

    @Override
    public boolean drop(String projection, Edition edition) {
        try (RedisKeyspace keys = keyspace(edition)) {
            boolean stays = isServed(keys, edition);
            if (!stays) {
                keys.drop();
            }
            return !stays;
        }
    }

    /** Also ends what is no longer served but was not told so, for whoever switched died before; not what was filled again since. */
    @Override
    public void dropRetired(String projection, Duration retiredFor) {
        String retiredKey = RedisKeys.retired(config.redisKeyPrefix(), projection);
        Map<String, String> retired;
        try (RedisKeyspace any = keyspace(new Edition(projection, 1, 1))) {
            retired = any.hash(retiredKey);
        }
        retired.forEach((edition, since) -> {
            RedisKeys keys = RedisKeys.served(config.redisKeyPrefix(), projection, edition);
            try (RedisKeyspace old = new RedisKeyspace(client, keys)) {
                boolean ended = old.run(RedisScripts.RETIRE, List.of(keys.position()), List.of(since));
                boolean due = Instant.ofEpochMilli(Long.parseLong(since))
                        .isBefore(Instant.now().minus(retiredFor));
                if (ended && due) {
                    old.drop();
                }
                if (!ended || due) {
                    old.forget(retiredKey, edition);
                }
            }
        });
    }

    @Override
    public void dropUnserved(String projection, Predicate<Edition> spared) {
        String prefix = config.redisKeyPrefix();
        String begun = RedisKeys.begun(prefix, projection);
        try (RedisKeyspace any = keyspace(new Edition(projection, 1, 1))) {
            for (String one : any.members(begun)) {
                RedisKeys keys = RedisKeys.served(prefix, projection, one);
                if (spared.test(new Edition(projection, keys.version(), keys.generation()))
                        || one.equals(any.get(RedisKeys.active(prefix, projection)))
                        || any.hash(RedisKeys.retired(prefix, projection)).containsKey(one)) {
                    continue;
                }
                try (RedisKeyspace abandoned = new RedisKeyspace(client, keys)) {
                    abandoned.drop();
                }
                any.remove(begun, one);
                LOG.info("Projection {}: edition {} is dropped before it was served", projection, one);
            }
        }
    }

    @Override
    public @Nullable String taken(String scratch) {
        try (RedisKeyspace keys = keyspace(new Edition(scratch, 1, Edition.SCRATCH))) {
            return keys.position().isEmpty()
                    ? null
                    : "there are keys below " + keys.keys().stem() + " already";
        }
    }

    @Override
    public void prepare(Projection projection, Edition edition) {
        // everything is found by its key
    }

    @Override
    public void publish(Projection projection, Edition scratch) {
        // keys are read where they were filled
    }

    private RedisKeyspace keyspace(Edition edition) {
        return new RedisKeyspace(client, edition.keys(config.redisKeyPrefix()));
    }
}
