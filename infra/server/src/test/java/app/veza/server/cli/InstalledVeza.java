package app.veza.server.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands as a person runs them, each as a process of its own, on one data directory. */
final class InstalledVeza {

    private final Path data;

    InstalledVeza(Path data) {
        this.data = data;
    }

    /** @param output standard output and error */
    record Outcome(int exitCode, String output) {}

    Outcome run(String command, String... options) {
        Process process = start(command, options);
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Process start(String command, String... options) {
        // A test run in the background may ignore Ctrl-C, which children inherit: this one must hear it
        List<String> line = new ArrayList<>(List.of("env", "--default-signal=INT"));
        line.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Veza.class.getName()));
        line.addAll(List.of(command.split(" ")));
        line.addAll(List.of("--data", data.toString()));
        line.addAll(List.of(options));
        try {
            ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
            // as for every load: a test does in a second what a person does in an hour
            builder.environment().put("VEZA_RATELIMIT_ENABLED", "false");
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As { status --json} tells it, without a process: for those who ask again and again. */
    JsonNode status() {
        DataDirectory directory = DataDirectory.at(data);
        RunState running = RunState.ofRunning(directory).orElseThrow();
        return JsonMapper.shared()
                .readTree(PlatformStatus.of(directory, running).json());
    }

    long pid(String process) {
        return status().path("processes").path(process).asLong();
    }

    /** Command lines of all processes that run out of the data directory or were told of it. */
    List<String> processes() {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(entry -> entry.getFileName().toString().matches("[0-9]+"))
                    .map(this::ofThisPlatform)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty when it is another's, or gone by now; a process that only waits to be reaped has no command line any more. */
    private String ofThisPlatform(Path process) {
        try {
            String line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
            boolean told = line.contains(data.toString());
            boolean there = !line.isEmpty()
                    && Files.readSymbolicLink(process.resolve("cwd")).startsWith(data);
            return told || there ? process.getFileName() + " " + line : "";
        } catch (IOException gone) {
            return "";
        }
    }
}
