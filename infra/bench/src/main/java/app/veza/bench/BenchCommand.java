package app.veza.bench;

import app.veza.bench.audio.AudioFigures;
import app.veza.bench.limits.RateLimitFigures;
import app.veza.bench.projection.ProjectionFigures;
import app.veza.bench.socket.SocketFigures;
import app.veza.bench.store.EventStoreFigures;
import app.veza.eventstore.Durability;
import app.veza.server.cli.Misuse;
import app.veza.server.cli.WithoutVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./veza bench}: starts a platform of its own, measures it, prints target beside measured and stops it. */
@Command(
        name = "veza bench",
        mixinStandardHelpOptions = true,
        modelTransformer = WithoutVersion.class,
        description = "Measures the platform's targets on this machine, on a platform of its own.")
final class BenchCommand implements Callable<Integer> {

    /** Each stream has its own. */
    private static final int BROADCASTERS = 40;

    /** Parts that share a platform of one node. */
    private static final Set<Part> ON_PLATFORM = EnumSet.of(Part.UP, Part.AUDIO, Part.HTTP, Part.SECURITY);

    /** What can be measured. */
    enum Part {
        UP("how long a platform takes to start"),
        EVENT_STORE("appends beside a raw publish and Axon's JPA engine, sourcing, replay, several nodes, takeover"),
        PROJECTIONS(
                "rebuilds of every projection, and their lag behind a log that grows, beside Axon's event processor"),
        RATE_LIMITS("what it costs to ask whether a request may be served, beside Bucket4j"),
        SOCKETS(
                "connections held, messages from socket to socket, and what those do who come back at once, on three nodes"),
        AUDIO("live streams at once, how soon a part is heard, a thousand listeners of one"),
        HTTP("posts and reads over HTTP, and the time until a message is visible"),
        SECURITY("what it costs to let somebody in, and what others notice of log-ins");

        private final String what;

        Part(String what) {
            this.what = what;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Part of(String name) {
            for (Part part : values()) {
                if (part.toString().equalsIgnoreCase(name)) {
                    return part;
                }
            }
            throw new CommandLine.TypeConversionException(
                    "'%s' is no part of the bench; --list names them".formatted(name));
        }
    }

    @Option(names = "--only", split = ",", description = "Parts to measure: ${COMPLETION-CANDIDATES}; default: all.")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:VEZA_DATA:-${sys:java.io.tmpdir}}",
            description =
                    "Where a directory for the data of its own platforms is made and removed again, so that this disk is measured;"
                            + " default: the variable VEZA_DATA, else where temporary files are.")
    private Path directory;

    @Option(names = "--list", description = "Tells what can be measured, and measures nothing.")
    private boolean list;

    @Option(names = "--seconds", defaultValue = "10", description = "Length of each load (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--events",
            defaultValue = "100000",
            description =
                    "Events in the log that is sourced and replayed, and in the first of three that projections are"
                            + " rebuilt from (default: ${DEFAULT-VALUE}); with 1000000 these parts take minutes each.")
    private long events;

    @Option(
            names = "--connections",
            defaultValue = "50000",
            description =
                    "Connections held over three nodes; three in ten of so many come back at once (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(names = "--sockets", split = ",", description = "Of the sockets: ${COMPLETION-CANDIDATES}; default: all.")
    private Set<SocketFigures.Part> sockets = EnumSet.allOf(SocketFigures.Part.class);

    @Option(
            names = "--projections",
            split = ",",
            description = "Projections to rebuild and follow, by name; default: all.")
    private Set<String> projections = Set.of();

    @Option(
            names = "--durability",
            defaultValue = "PROCESS",
            description =
                    "What an append survives, in NATS and in PostgreSQL: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Durability durability;

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new BenchCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Part.class, Part::of)
                .setParameterExceptionHandler((wrong, args) -> Misuse.tell(wrong));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("veza bench: " + failure.getMessage());
            return 1;
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException, SQLException {
        if (list) {
            for (Part part : Part.values()) {
                System.out.printf("%-12s %s%n", part, part.what);
            }
            return 0;
        }
        Path data = madeDirectory();
        Figures figures = new Figures(System.err);
        Duration duration = Duration.ofSeconds(seconds);
        try {
            if (parts.contains(Part.EVENT_STORE)) {
                EventStoreFigures.measure(data, new EventStoreFigures.Settings(duration, events, durability), figures);
            }
            if (parts.contains(Part.PROJECTIONS)) {
                ProjectionFigures.measure(
                        data.resolve("projections"),
                        new ProjectionFigures.Settings(duration, events, projections),
                        figures);
            }
            if (parts.contains(Part.RATE_LIMITS)) {
                RateLimitFigures.measure(duration, figures);
            }
            if (parts.contains(Part.SOCKETS)) {
                sockets(data.resolve("nodes"), figures);
            }
            if (parts.stream().anyMatch(ON_PLATFORM::contains)) {
                platform(data.resolve("platform"), duration, figures);
            }
        } finally {
            DeletedTree.delete(data);
            // What was measured before something failed took minutes
            figures.print(System.out);
        }
        return 0;
    }

    private Path madeDirectory() {
        try {
            return Files.createTempDirectory(Files.createDirectories(directory), "veza-bench");
        } catch (IOException e) {
            throw new IllegalStateException(
                    "'%s' cannot be made, or is no directory that can be written to: name another with --data DIR."
                            .formatted(directory),
                    e);
        }
    }

    private void sockets(Path data, Figures figures) throws IOException, InterruptedException, SQLException {
        Platform platform = new Platform(VezaScript.of(data), 3);
        platform.up();
        try {
            Platform.Status status = platform.status();
            Community community = Community.settle(status.http(), 12, 15);
            SocketFigures.measure(
                    status.json(),
                    new SocketFigures.Settings(
                            sockets, community.tokens(), community.rooms(), connections, connections * 3 / 10, seconds),
                    figures);
        } finally {
            platform.down();
        }
    }

    private void platform(Path data, Duration duration, Figures figures)
            throws IOException, InterruptedException, ExecutionException {
        Platform platform = new Platform(VezaScript.of(data), 1);
        double first = platform.up();
        try {
            if (parts.contains(Part.UP)) {
                platform.down();
                figures.add("./veza up on an empty data directory", "-", "%.1f s", first);
                figures.add("./veza up again", "-", "%.1f s", platform.up());
            }
            if (parts.contains(Part.AUDIO)) {
                Platform.Status status = platform.status();
                Community people = Community.settle(status.http(), BROADCASTERS, 1);
                AudioFigures.measure(status.http(), status.gateway(), status.node(), duration, people::token, figures);
            }
            if (parts.contains(Part.HTTP)) {
                HttpFigures.measure(platform.status().http(), duration, figures);
            }
            if (parts.contains(Part.SECURITY)) {
                Platform.Status status = platform.status();
                SecurityFigures.measure(status.http(), status.node(), duration, figures);
            }
        } finally {
            platform.down();
        }
    }
}
