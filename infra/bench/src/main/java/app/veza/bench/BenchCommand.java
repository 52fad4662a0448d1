package app.veza.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./veza bench}: starts a platform of its own, measures it, prints target beside measured and stops it. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures the platform's targets on this machine, on a platform of its own.")
final class BenchCommand implements Callable<Integer> {

    /** What can be measured. */
    enum Part {
        UP,
        LOG,
        HTTP
    }

    @Option(names = "--only", split = ",", description = "Parts to measure: ${COMPLETION-CANDIDATES}; default: all.")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(names = "--seconds", defaultValue = "10", description = "Length of each load (default: ${DEFAULT-VALUE}).")
    private int seconds;

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new BenchCommand()).setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("veza bench: " + failure.getMessage());
            return 1;
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        Path data = Files.createTempDirectory("veza-bench");
        Platform platform = new Platform(Path.of(System.getProperty("veza.repository"), "veza"), data);
        Figures figures = new Figures();
        double first = platform.up();
        try {
            if (parts.contains(Part.UP)) {
                platform.down();
                figures.add("./veza up on an empty data directory", "-", "%.1f s", first);
                figures.add("./veza up again", "-", "%.1f s", platform.up());
            }
            Duration duration = Duration.ofSeconds(seconds);
            Platform.Status status = platform.status();
            if (parts.contains(Part.LOG)) {
                AppendFigures.measure(status.natsUrl(), data.resolve("bench-index"), duration, figures);
            }
            if (parts.contains(Part.HTTP)) {
                HttpFigures.measure(status.http(), duration, figures);
            }
        } finally {
            platform.down();
            DeletedTree.delete(data);
        }
        figures.print(System.out);
        return 0;
    }
}
