package app.veza.command.wired;

import app.veza.command.UseCases;
import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventLogConfig;
import app.veza.eventstore.axon.PersonalTags;
import app.veza.eventstore.command.CommandSide;
import app.veza.eventstore.json.JacksonEventCodec;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.util.FileSystemUtils;

/** A log of its own on a real server, and the use cases on it. */
final class RealLog implements AutoCloseable {

    private final JacksonEventCodec codec = new JacksonEventCodec(EventTypes.byName());
    private final Path indexDirectory = newDirectory();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final EventLog log;
    private final CommandSide commandSide;

    RealLog(UseCases useCases) {
        String name = "C" + UUID.randomUUID().toString().replace("-", "");
        log = EventLog.open(
                EventLogConfig.defaults(Server.URL, indexDirectory).withStream(name, "test." + name), meters);
        commandSide = CommandSide.configure(
                log, codec, new PersonalTags(EventTags.PERSONAL, Doors.CONFIG.platformKey()), useCases::register);
        commandSide.start();
    }

    CommandSide commandSide() {
        return commandSide;
    }

    long count(String meter) {
        return Math.round(meters.get(meter).counter().count());
    }

    /** All events, in the order of the log. */
    List<Object> events() {
        if (!log.awaitIndexed(log.head(), Duration.ofSeconds(10))) {
            throw new AssertionError("The index does not reach the head");
        }
        return log.read(0, 10_000).stream().map(codec::decode).toList();
    }

    @Override
    public void close() {
        commandSide.close();
        log.close();
        try {
            FileSystemUtils.deleteRecursively(indexDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory(Path.of("target"), "index-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The test run's platform where there is one; else one NATS for this module: nothing else is needed here. */
    private static final class Server {

        static final String URL = start();

        private static String start() {
            if (System.getenv(EmbeddedPlatform.TEST_PLATFORM_VARIABLE) != null) {
                return EmbeddedPlatform.shared().properties().get("veza.nats.url");
            }
            NatsServer server = NatsServer.start(NatsServerOptions.temporary());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server.url();
        }
    }
}
