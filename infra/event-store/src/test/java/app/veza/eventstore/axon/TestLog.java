package app.veza.eventstore.axon;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import app.veza.eventstore.DirectoryStore;
import app.veza.eventstore.Durability;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventLogConfig;
import app.veza.eventstore.LogBackup;
import app.veza.eventstore.LogRestore;
import app.veza.eventstore.Verified;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** A new log on a real server, which all tests of this process share. */
public final class TestLog implements AutoCloseable {

    private final Path directory;
    private final EventLogConfig config;
    private EventLog log;

    private TestLog(String natsUrl, int replicas, Path directory) {
        this.directory = directory;
        String stream = "T_" + UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
        this.config = EventLogConfig.defaults(natsUrl, directory.resolve("index"))
                .withStream(stream)
                .withDurability(Durability.PROCESS, replicas);
        this.log = open();
    }

    public static TestLog create() {
        return on(SharedServer.URL);
    }

    /** On a server that the test may stop. */
    public static TestLog on(String natsUrl) {
        return on(natsUrl, 1);
    }

    /** On servers that hold so many copies together. */
    public static TestLog on(String natsUrl, int replicas) {
        try {
            return new TestLog(natsUrl, replicas, Files.createTempDirectory("veza-log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public EventLog log() {
        return log;
    }

    /** The same log, as after a restart of the program. */
    public EventLog reopen() {
        log.close();
        log = open();
        return log;
    }

    /** Puts the log as it was at a position in the place of the one that is open, as a restore while nodes run does. */
    public void restoreTo(long position) {
        var backups = new DirectoryStore(directory.resolve("backup"));
        try {
            new LogBackup(config, backups, List.of()).run(false, LogBackup.Listener.SILENT);
            new LogRestore(config, backups, List.of())
                    .run(new LogRestore.Request(position, "", true, false, ""), Verified.QUIET);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        log.close();
        delete(directory);
    }

    private EventLog open() {
        return EventLog.open(config, new SimpleMeterRegistry());
    }

    /** Started when the first test needs it. */
    private static final class SharedServer {

        static final String URL = url();

        private static String url() {
            if (System.getenv("VEZA_TEST_PLATFORM") != null) {
                return EmbeddedPlatform.shared().properties().get("veza.nats.url");
            }
            NatsServer server = NatsServer.start(NatsServerOptions.temporary());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server.url();
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
