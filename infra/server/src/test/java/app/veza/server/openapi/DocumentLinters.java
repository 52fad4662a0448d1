package app.veza.server.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Linters of others, from npm, of the versions that {@code src/test/npm} has locked: installed below {@code target/} when they are first
 * asked. A script there takes a file, says what is wrong with it, a problem a line, and ends with 0 when that is nothing.
 */
public final class DocumentLinters {

    private static final Path SOURCES = Path.of("src/test/npm");
    private static final Path INSTALLED = Path.of("target/npm");

    private DocumentLinters() {}

    /**
     * What is wrong with a document; empty when nothing is.
     *
     * @param script such as {@code lint-openapi.mjs}
     */
    public static synchronized List<String> problems(String script, Path document) {
        install();
        Outcome outcome = run(List.of("node", script, document.toAbsolutePath().toString()));
        List<String> problems = outcome.output().lines().toList();
        if (problems.isEmpty() && outcome.exitCode() != 0) {
            throw new IllegalStateException(script + " failed without a word");
        }
        return outcome.exitCode() == 0 ? List.of() : problems;
    }

    private record Outcome(int exitCode, String output) {}

    private static void install() {
        try {
            boolean isInstalled = Files.exists(INSTALLED.resolve("node_modules/.package-lock.json"))
                    && Files.mismatch(SOURCES.resolve("package-lock.json"), INSTALLED.resolve("package-lock.json")) < 0;
            Files.createDirectories(INSTALLED);
            try (Stream<Path> sources = Files.list(SOURCES)) {
                for (Path source : sources.toList()) {
                    Files.copy(source, INSTALLED.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            if (!isInstalled) {
                Outcome outcome = run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
                if (outcome.exitCode() != 0) {
                    throw new IllegalStateException("npm ci failed: " + outcome.output());
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Outcome run(List<String> command) {
        try {
            Process process = new ProcessBuilder(new ArrayList<>(command))
                    .directory(INSTALLED.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException missing) {
            throw new UncheckedIOException(
                    "The linters need node and npm on the PATH: './veza test' as root installs Debian's (nodejs, npm)",
                    missing);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
