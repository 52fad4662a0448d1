package app.veza.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * @param directory data, configuration and log; null: a temporary one, deleted by close
 * @param port 0: a free one, kept over restarts of this instance
 * @param password of the server account; null: generated once and kept in the directory
 */
public record NatsServerOptions(
        @Nullable Path directory,
        int port,
        Durability durability,
        @Nullable String password) {

    /** A server for a test: temporary directory, free port, survives kill -9. */
    public static NatsServerOptions temporary() {
        return new NatsServerOptions(null, 0, Durability.PROCESS, null);
    }

    public static NatsServerOptions in(Path directory) {
        return new NatsServerOptions(directory, 0, Durability.PROCESS, null);
    }

    public NatsServerOptions withPort(int port) {
        return new NatsServerOptions(directory, port, durability, password);
    }

    public NatsServerOptions withDurability(Durability durability) {
        return new NatsServerOptions(directory, port, durability, password);
    }

    public NatsServerOptions withPassword(String password) {
        return new NatsServerOptions(directory, port, durability, password);
    }
}
