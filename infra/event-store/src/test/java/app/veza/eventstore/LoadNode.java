package app.veza.eventstore;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A {@link LoadWriter} as a process of its own: a node of the log, there to be killed and paused. */
final class LoadNode {
    private final Process process;
    private final Thread reader;
    private volatile boolean open;
    private volatile boolean sequences;

    private LoadNode(String name, Process process, Consumer<String> outcomes) {
        this.process = process;
        this.reader = Thread.ofPlatform().name("read " + name).start(() -> read(outcomes));
    }

    static LoadNode start(EventLogConfig config, Path indexDirectory, String name, Consumer<String> outcomes) {
        try {
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx300m",
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            LoadWriter.class.getName(),
                            config.natsUrl(),
                            config.streamName(),
                            indexDirectory.toString(),
                            name,
                            Integer.toString(config.replicas()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new LoadNode(name, process, outcomes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines that were cut off by the end of the process are left out. */
    private void read(Consumer<String> outcomes) {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            var line = new StringBuilder();
            for (int c = lines.read(); c >= 0; c = lines.read()) {
                if (c != '\n') {
                    line.append((char) c);
                    continue;
                }
                String text = line.toString();
                line.setLength(0);
                switch (text) {
                    case "sequences" -> sequences = true;
                    case "follows" -> sequences = false;
                    case "open" -> open = true;
                    default -> outcomes.accept(text);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isOpen() {
        return open;
    }

    boolean sequences() {
        return sequences && process.isAlive();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
    }

    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }
}
