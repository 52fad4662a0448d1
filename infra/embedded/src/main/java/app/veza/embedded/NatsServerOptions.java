package app.veza.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * @param directory data, configuration and log; null: a temporary one, deleted by close
 * @param port 0: a free one, kept over restarts of this instance
 * @param password of the server account; null: generated once and kept in the directory
 * @param maxFileStoreBytes of all streams together; 0: as much as the server takes of the disk
 * @param maxPayloadBytes of one message
 */
public record NatsServerOptions(
        @Nullable Path directory,
        int port,
        Durability durability,
        @Nullable String password,
        long maxFileStoreBytes,
        long maxPayloadBytes) {

    /** Far above the event store's own bound of an append, which is the one to be met. */
    static final long LARGE_PAYLOAD = 8 << 20;

    /** A server for a test: temporary directory, free port, survives kill -9. */
    public static NatsServerOptions temporary() {
        return new NatsServerOptions(null, 0, Durability.PROCESS, null, 0, LARGE_PAYLOAD);
    }

    public static NatsServerOptions in(Path directory) {
        return new NatsServerOptions(directory, 0, Durability.PROCESS, null, 0, LARGE_PAYLOAD);
    }

    public NatsServerOptions withPort(int port) {
        return new NatsServerOptions(directory, port, durability, password, maxFileStoreBytes, maxPayloadBytes);
    }

    public NatsServerOptions withDurability(Durability durability) {
        return new NatsServerOptions(directory, port, durability, password, maxFileStoreBytes, maxPayloadBytes);
    }

    public NatsServerOptions withPassword(String password) {
        return new NatsServerOptions(directory, port, durability, password, maxFileStoreBytes, maxPayloadBytes);
    }

    public NatsServerOptions withMaxFileStore(long bytes) {
        return new NatsServerOptions(directory, port, durability, password, bytes, maxPayloadBytes);
    }

    public NatsServerOptions withMaxPayload(long bytes) {
        return new NatsServerOptions(directory, port, durability, password, maxFileStoreBytes, bytes);
    }
}
