package app.veza.server.cli;

import app.veza.eventstore.BackupSidecar;
import app.veza.eventstore.BackupStore;
import app.veza.eventstore.Durability;
import app.veza.eventstore.EventLogConfig;
import app.veza.eventstore.personal.KeyBackup;
import app.veza.server.node.S3BackupStore;
import app.veza.stores.ObjectStore;
import app.veza.stores.ObjectStoreConfig;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of the log work on: the stores of the running platform, or, while it does not run, its servers alone, for as long as
 * the command takes. A platform whose log is damaged may not come up, and must yet be repaired.
 */
final class LogStores implements AutoCloseable {
    private final Map<String, String> properties;
    private final Path directory;
    private final @Nullable Stores own;
    private final ObjectStore bucket;

    private LogStores(DataDirectory data, Map<String, String> properties, @Nullable Stores own) {
        this.properties = properties;
        this.directory = data.root();
        this.own = own;
        this.bucket = ObjectStore.open(ObjectStoreConfig.from(properties));
    }

    /**
     * @param command that works on them, such as {@code log restore}
     * @param external servers to use while the platform does not run; null: its embedded ones
     */
    static LogStores open(String command, DataDirectory data, @Nullable Path external, PrintWriter err) {
        Optional<RunState> running = RunState.ofRunning(data);
        if (running.isPresent()) {
            return new LogStores(data, running.get().stores(), null);
        }
        if (!Files.isDirectory(data.stores()) && external == null) {
            throw new CommandFailure(
                    "There is no platform in %s: --data names another place, and --external servers that run elsewhere."
                            .formatted(data.root()));
        }
        data.prepare();
        if (!LauncherLock.take(data, command)) {
            throw RunState.busy(data);
        }
        LauncherLog.writeTo(data);
        if (external != null) {
            Stores servers = ExternalStores.read(external);
            return new LogStores(data, servers.properties(), servers);
        }
        err.println("Veza does not run; its servers are started for this command alone ...");
        Stores servers = EmbeddedStores.start(data, LogDurability.choose(data, null, err));
        return new LogStores(data, servers.properties(), servers);
    }

    EventLogConfig log() {
        String durability = properties.getOrDefault("veza.log.durability", "process");
        return EventLogConfig.defaults(properties.get("veza.nats.url"), directory.resolve("no-index"))
                .withStream(
                        properties.getOrDefault("veza.log.stream", "VEZA_EVENTS"),
                        properties.getOrDefault("veza.log.subject-prefix", "veza.events"))
                .withDurability(
                        Durability.valueOf(durability.toUpperCase(Locale.ROOT)),
                        Integer.parseInt(properties.getOrDefault("veza.log.replicas", "1")));
    }

    BackupStore backups() {
        return new S3BackupStore(bucket);
    }

    /** The keys of personal data: without them most of the log is silent. */
    List<BackupSidecar> sidecars() {
        return List.of(new KeyBackup(KeyAccess.database(properties)));
    }

    @Override
    public void close() {
        bucket.close();
        if (own != null) {
            own.close();
        }
    }
}
