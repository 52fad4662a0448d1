package app.veza.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * @param directory data, configuration, logs, ports and secrets of all servers; null: a temporary one, deleted by close
 * @param durability of every server
 * @param maxFileStoreBytes of all streams together on one server; 0: as much as the server takes of the disk
 */
public record NatsClusterOptions(@Nullable Path directory, Durability durability, long maxFileStoreBytes) {

    /** For a test: temporary directory, survives kill -9. */
    public static NatsClusterOptions temporary() {
        return new NatsClusterOptions(null, Durability.PROCESS, 0);
    }

    public static NatsClusterOptions in(Path directory) {
        return new NatsClusterOptions(directory, Durability.PROCESS, 0);
    }

    public NatsClusterOptions withDurability(Durability durability) {
        return new NatsClusterOptions(directory, durability, maxFileStoreBytes);
    }

    public NatsClusterOptions withMaxFileStore(long bytes) {
        return new NatsClusterOptions(directory, durability, bytes);
    }

    NatsServerOptions ofServer(ServerDirectory ofCluster, String name, int port) {
        return new NatsServerOptions(
                ofCluster.resolve(name), port, durability, null, maxFileStoreBytes, NatsServerOptions.LARGE_PAYLOAD);
    }
}
