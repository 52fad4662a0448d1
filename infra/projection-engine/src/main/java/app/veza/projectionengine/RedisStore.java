package app.veza.projectionengine;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A projection in Redis. Its keys and its position share a hash tag and change in one script; a Redis that lost its data
 * shows so by a missing position, one that lost the newest of it by an older one.
 */
final class RedisStore implements ProjectionStore {
    private static final Logger LOG = LoggerFactory.getLogger(RedisStore.class);

    private final RedisProjection projection;
    private final RedisClient client;
    private final ProjectionEngineConfig config;
    private final RedisKeys keys;
    private final String activeKey;
    private @Nullable StatefulRedisConnection<String, String> connection;

    RedisStore(RedisProjection projection, RedisClient client, ProjectionEngineConfig config) {
        this.projection = projection;
        this.client = client;
        this.config = config;
        this.keys = new RedisKeys(config.redisKeyPrefix(), projection.name(), projection.version());
        this.activeKey = RedisKeys.active(config.redisKeyPrefix(), projection.name());
    }

    @Override
    public String target() {
        return "redis";
    }

    @Override
    public int batchLimit() {
        return config.redisBatch();
    }

    @Override
    public Checkpoint open(String logId) {
        Map<String, String> at = commands().hgetall(keys.position());
        if (!sound(at)) {
            LOG.info(
                    "Projection {} in Redis {}: it is emptied and filled again",
                    projection.name(),
                    at.containsKey("broken") ? "is broken (" + at.get("broken") + ")" : "has no position");
            empty(at.getOrDefault("log", ""), at.getOrDefault("position", ""), logId);
        }
        if (commands().get(activeKey) == null) {
            serve();
        }
        return peek(logId);
    }

    @Override
    public Checkpoint peek(String logId) {
        Map<String, String> at = commands().hgetall(keys.position());
        return sound(at)
                ? new Checkpoint(at.get("log"), Long.parseLong(at.get("position")), at.get("chain"))
                : Checkpoint.start(logId);
    }

    private static boolean sound(Map<String, String> at) {
        return at.containsKey("chain") && !at.containsKey("broken");
    }

    @Override
    public boolean apply(Checkpoint expected, List<Recorded<?>> handled, Checkpoint next, Pace pace) {
        RedisBatch batch = new RedisBatch(keys);
        if (!handled.isEmpty()) {
            projection.apply(batch, handled);
        }
        List<String> arguments = new ArrayList<>(batch.arguments().size() + 4);
        arguments.add(expected.logId());
        arguments.add(Long.toString(expected.position()));
        arguments.add(Long.toString(next.position()));
        arguments.add(next.chain());
        arguments.addAll(batch.arguments());
        return run(RedisScripts.APPLY, List.of(keys.position()), arguments);
    }

    @Override
    public void reset(Checkpoint observed, String logId) {
        empty(observed.logId(), Long.toString(observed.position()), logId);
    }

    /**
     * Position first, keys then, position 0 last: whoever dies in between leaves no position that could be taken for
     * sound, and a second node that empties too takes the right away from the first.
     */
    private void empty(String observedLog, String observedPosition, String logId) {
        String epoch = UUID.randomUUID().toString();
        if (!run(RedisScripts.CLAIM, List.of(keys.position()), List.of(observedLog, observedPosition, epoch))) {
            return;
        }
        ScanCursor cursor = ScanCursor.INITIAL;
        ScanArgs below = ScanArgs.Builder.matches(glob(keys.stem()) + "*").limit(1_000);
        do {
            KeyScanCursor<String> found = commands().scan(cursor, below);
            List<String> touched = new ArrayList<>(found.getKeys());
            touched.remove(keys.position());
            touched.addFirst(keys.position());
            if (!run(RedisScripts.CLEAR, touched, List.of(epoch))) {
                return;
            }
            cursor = found;
        } while (!cursor.isFinished());
        run(RedisScripts.BEGIN, List.of(keys.position()), List.of(epoch, logId));
    }

    private static String glob(String literal) {
        return literal.replaceAll("([\\\\*?\\[\\]])", "\\\\$1");
    }

    @Override
    public boolean unserved() {
        return !Integer.toString(projection.version()).equals(commands().get(activeKey));
    }

    @Override
    public void serve() {
        if (run(RedisScripts.SERVE, List.of(activeKey), List.of(Integer.toString(projection.version())))) {
            LOG.info("Projection {} is served by version {}", projection.name(), projection.version());
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
    }

    private RedisCommands<String, String> commands() {
        if (connection == null) {
            // of its own: a long script or scan would hold up whoever shares the connection
            connection = client.connect();
        }
        return connection.sync();
    }

    private boolean run(String script, List<String> scriptKeys, List<String> arguments) {
        RedisCommands<String, String> redis = commands();
        String[] keyArray = scriptKeys.toArray(String[]::new);
        String[] argumentArray = arguments.toArray(String[]::new);
        Long reply;
        try {
            reply = redis.evalsha(redis.digest(script), ScriptOutputType.INTEGER, keyArray, argumentArray);
        } catch (RedisNoScriptException e) {
            LOG.debug("Redis does not know the script yet: {}", e.getMessage());
            reply = redis.eval(script, ScriptOutputType.INTEGER, keyArray, argumentArray);
        }
        return reply != null && reply == 1;
    }
}
