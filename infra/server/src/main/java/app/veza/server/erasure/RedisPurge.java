package app.veza.server.erasure;

import app.veza.server.erasure.ErasedPlaces.Place;
import app.veza.stores.Redis;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;

/** Has Redis write its append-only file anew, from what it holds now; it deletes the old ones. */
final class RedisPurge {

    private static final String NAME = "append-only file (Redis)";

    private final Redis redis;

    RedisPurge(Redis redis) {
        this.redis = redis;
    }

    Place purge(Duration atMost) throws InterruptedException {
        try {
            RedisCommands<String, String> commands = redis.connection().sync();
            if (!has(commands, "aof_enabled:1")) {
                return new Place(NAME, true, "there is none");
            }
            // One that is under way may have begun before an erasure
            boolean idle = Patience.until(atMost, () -> isIdle(commands));
            commands.bgrewriteaof();
            boolean done = idle && Patience.until(atMost, () -> isIdle(commands));
            return done && has(commands, "aof_last_bgrewrite_status:ok")
                    ? new Place(NAME, true, "written anew")
                    : new Place(NAME, false, "its rewrite did not succeed: Redis' own log says why");
        } catch (RedisException refused) {
            return new Place(NAME, false, "Redis does not rewrite it: " + refused.getMessage());
        }
    }

    private static boolean isIdle(RedisCommands<String, String> commands) {
        return has(commands, "aof_rewrite_in_progress:0") && has(commands, "aof_rewrite_scheduled:0");
    }

    private static boolean has(RedisCommands<String, String> commands, String line) {
        return commands.info("persistence").lines().anyMatch(line::equals);
    }
}
