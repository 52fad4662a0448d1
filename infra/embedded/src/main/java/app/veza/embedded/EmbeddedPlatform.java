package app.veza.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * All servers of one machine below one data directory: NATS, PostgreSQL (primary, hot-standby replica, analytics), Redis, S3
 * storage and an SMTP server. A server that dies is started again; all of them end with this process.
 */
public final class EmbeddedPlatform implements AutoCloseable {

    /** Names a properties file of a platform that already runs: what {@link #shared()} uses then. */
    public static final String TEST_PLATFORM_VARIABLE = "VEZA_TEST_PLATFORM";

    private final Map<String, String> properties;
    private final @Nullable Running running;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** What only the process that started the servers has. */
    private record Running(PlatformServers servers, DataDirectoryLock lock, EmbeddedPlatformOptions options) {}

    private EmbeddedPlatform(Map<String, String> properties, @Nullable Running running) {
        this.properties = Map.copyOf(properties);
        this.running = running;
    }

    /** @throws EmbeddedPlatformException with one sentence that says what to do */
    public static EmbeddedPlatform start(EmbeddedPlatformOptions options) {
        Machine.check();
        Path directory = options.dataDirectory().toAbsolutePath().normalize();
        if (!DataDirectoryLock.isPlatform(directory)) {
            PrivateFiles.directory(directory);
        }
        var lock = DataDirectoryLock.acquire(directory);
        try {
            // Only with the lock: a running platform may have opened it for PostgreSQL's user
            PrivateFiles.directory(directory);
            var servers = PlatformServers.start(options, directory);
            servers.supervised(true);
            return new EmbeddedPlatform(PlatformProperties.of(servers), new Running(servers, lock, options));
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** For tests: one for the whole run. Either the one that the environment names, or one that ends with this process. */
    public static EmbeddedPlatform shared() {
        return Shared.PLATFORM;
    }

    private static final class Shared {
        static final EmbeddedPlatform PLATFORM = create();

        private static EmbeddedPlatform create() {
            String file = System.getenv(TEST_PLATFORM_VARIABLE);
            if (file != null && !file.isBlank()) {
                return new EmbeddedPlatform(RememberedProperties.read(Path.of(file)), null);
            }
            var platform = start(EmbeddedPlatformOptions.temporary());
            Runtime.getRuntime()
                    .addShutdownHook(
                            Thread.ofPlatform().name("veza-shared-platform").unstarted(platform::close));
            return platform;
        }
    }

    /** How to reach every server; the keys of a node's configuration, and some of this module's own for tests. */
    public Map<String, String> properties() {
        return new TreeMap<>(properties);
    }

    /** Writes {@link #properties()} as a properties file of mode 0600. */
    public void writeProperties(Path file) {
        PrivateFiles.write(file.toAbsolutePath(), RememberedProperties.render(properties));
    }

    /** For a test: new empty databases on the primary (thus on the replica) and on analytics. */
    public FreshDatabase freshDatabase() {
        return FreshDatabase.create(properties);
    }

    public NatsServer nats() {
        return servers().nats();
    }

    public RedisServer redis() {
        return servers().redis();
    }

    public PostgresServer primary() {
        return servers().primary();
    }

    public PostgresServer replica() {
        return servers().replica();
    }

    public PostgresServer analytics() {
        return servers().analytics();
    }

    public S3Server s3() {
        return servers().s3();
    }

    public MailServer mail() {
        return servers().mail();
    }

    /** Also of a platform that another process started. */
    public Mailbox mailbox() {
        return new Mailbox(Path.of(properties.get(PlatformProperties.MAIL_DIRECTORY)));
    }

    private PlatformServers servers() {
        if (running == null) {
            throw new IllegalStateException("These servers belong to another process (" + TEST_PLATFORM_VARIABLE
                    + "): start your own to restart or kill them");
        }
        return running.servers();
    }

    /** Stops all servers in good order; of a platform that another process started, nothing. */
    @Override
    public void close() {
        if (running == null || !closed.compareAndSet(false, true)) {
            return;
        }
        try {
            running.servers().close();
        } finally {
            running.lock().close();
        }
        if (running.options().throwAway()) {
            PrivateFiles.deleteRecursively(running.options().dataDirectory());
        }
    }
}
