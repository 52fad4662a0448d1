package app.veza.projectionengine;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All keys of one edition. */
final class RedisKeyspace implements AutoCloseable {
    private static final int PAGE = 1_000;

    private final RedisConnection redis;
    private final RedisKeys keys;

    RedisKeyspace(RedisConnection redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** Over a connection of its own, which it closes. */
    RedisKeyspace(RedisClient client, RedisKeys keys) {
        this(new RedisConnection(client), keys);
    }

    RedisKeys keys() {
        return keys;
    }

    private RedisCommands<String, String> commands() {
        return redis.sync();
    }

    @Nullable
    String get(String key) {
        return commands().get(key);
    }

    Map<String, String> hash(String key) {
        return commands().hgetall(key);
    }

    void forget(String key, String field) {
        commands().hdel(key, field);
    }

    Set<String> members(String key) {
        return commands().smembers(key);
    }

    void note(String key, String member) {
        commands().sadd(key, member);
    }

    void remove(String key, String member) {
        commands().srem(key, member);
    }

    Map<String, String> position() {
        return hash(keys.position());
    }

    /**
     * Position first, keys then, position 0 last: whoever dies in between leaves no position that could be taken for
     * sound, and a second node that empties too takes the right away from the first.
     */
    void empty(String observedLog, String observedPosition, String logId) {
        String epoch = clear(observedLog, observedPosition);
        if (epoch != null) {
            run(RedisScripts.BEGIN, List.of(keys.position()), List.of(epoch, logId));
        }
    }

    /** Leaves nothing, not even a position: whoever still moves it finds none. */
    void drop() {
        String epoch;
        do {
            Map<String, String> at = position();
            epoch = clear(at.getOrDefault("log", ""), at.getOrDefault("position", ""));
        } while (epoch == null);
        run(RedisScripts.END, List.of(keys.position()), List.of(epoch));
    }

    /** @return the right to go on; null when somebody else has it */
    private @Nullable String clear(String observedLog, String observedPosition) {
        String epoch = UUID.randomUUID().toString();
        if (!run(RedisScripts.CLAIM, List.of(keys.position()), List.of(observedLog, observedPosition, epoch))) {
            return null;
        }
        boolean[] mine = {true};
        scan(found -> {
            List<String> touched = new ArrayList<>(found);
            touched.remove(keys.position());
            touched.addFirst(keys.position());
            mine[0] &= run(RedisScripts.CLEAR, touched, List.of(epoch));
        });
        return mine[0] ? epoch : null;
    }

    /** Hands all keys of the edition over, page by page; one that comes or goes meanwhile may be among them or not. */
    void scan(Consumer<List<String>> page) {
        ScanArgs below = ScanArgs.Builder.matches(glob(keys.stem()) + "*").limit(PAGE);
        ScanCursor cursor = ScanCursor.INITIAL;
        do {
            KeyScanCursor<String> found = commands().scan(cursor, below);
            if (!found.getKeys().isEmpty()) {
                page.accept(found.getKeys());
            }
            cursor = found;
        } while (!cursor.isFinished());
    }

    private static String glob(String literal) {
        return literal.replaceAll("([\\\\*?\\[\\]])", "\\\\$1");
    }

    boolean run(String script, List<String> scriptKeys, List<String> arguments) {
        return redis.is(script, scriptKeys, arguments);
    }

    /** A script that answers with a list. */
    List<Object> read(String script, List<String> scriptKeys) {
        return commands().eval(script, ScriptOutputType.MULTI, scriptKeys.toArray(String[]::new));
    }

    @Override
    public void close() {
        redis.close();
    }
}
