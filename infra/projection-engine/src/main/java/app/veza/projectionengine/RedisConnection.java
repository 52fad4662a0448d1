package app.veza.projectionengine;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of its own, made at the first use: a long script or scan would hold up whoever shares one. */
final class RedisConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisConnection.class);

    private final RedisClient client;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable StatefulRedisConnection<String, String> connection;

    RedisConnection(RedisClient client) {
        this.client = client;
    }

    RedisCommands<String, String> sync() {
        lock.lock();
        try {
            if (connection == null) {
                connection = client.connect();
            }
            return connection.sync();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the script returns 1. */
    boolean is(String script, List<String> keys, List<String> arguments) {
        return run(script, keys, arguments) == 1;
    }

    long run(String script, List<String> keys, List<String> arguments) {
        RedisCommands<String, String> redis = sync();
        String[] keyArray = keys.toArray(String[]::new);
        String[] argumentArray = arguments.toArray(String[]::new);
        Long reply;
        try {
            reply = redis.evalsha(redis.digest(script), ScriptOutputType.INTEGER, keyArray, argumentArray);
        } catch (RedisNoScriptException e) {
            LOG.debug("Redis does not know the script yet: {}", e.getMessage());
            reply = redis.eval(script, ScriptOutputType.INTEGER, keyArray, argumentArray);
        }
        return reply == null ? 0 : reply;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (connection != null) {
                connection.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
