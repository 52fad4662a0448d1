package app.veza.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * @param directory data, configuration and log; null: a temporary one, deleted by close
 * @param port 0: a free one, kept over restarts of this instance
 */
public record RedisServerOptions(@Nullable Path directory, int port) {

    public static RedisServerOptions temporary() {
        return new RedisServerOptions(null, 0);
    }

    public static RedisServerOptions in(Path directory) {
        return new RedisServerOptions(directory, 0);
    }

    public RedisServerOptions withPort(int port) {
        return new RedisServerOptions(directory, port);
    }
}
