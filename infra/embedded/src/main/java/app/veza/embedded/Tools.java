package app.veza.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the machine. */
final class Tools {

    private static final Map<String, String> PACKAGES =
            Map.of("setsid", "util-linux", "setpriv", "util-linux", "unshare", "util-linux");

    private Tools() {}

    static Optional<Path> onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + ":/usr/sbin:/usr/bin:/sbin:/bin";
        return Stream.of(path.split(":"))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static String find(String program) {
        return onPath(program)
                .map(Path::toString)
                .orElseThrow(() -> new EmbeddedPlatformException("The program " + program
                        + " is missing: install the package " + PACKAGES.getOrDefault(program, program) + "."));
    }

    /** @param output standard output and error */
    record Outcome(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    static Outcome run(List<String> command, Map<String, String> environment) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output.strip());
        } catch (IOException e) {
            return new Outcome(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPlatformException("Interrupted while running " + command.getFirst() + ".", e);
        }
    }

    static Outcome run(String... command) {
        return run(List.of(command), Map.of());
    }
}
