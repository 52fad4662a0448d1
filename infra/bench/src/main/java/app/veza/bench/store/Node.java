package app.veza.bench.store;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link NodeProcess}, told what to do on its standard input. */
final class Node {

    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    private Node(Process process) {
        this.process = process;
        this.commands = process.outputWriter();
        this.answers = process.inputReader();
    }

    /** Returns when its log is open. */
    static Node start(String natsUrl, String stream, Path index) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx400m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NodeProcess.class.getName(),
                        natsUrl,
                        stream,
                        index.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var node = new Node(process);
        node.answer();
        return node;
    }

    /** Begins to append; {@link #appended} awaits the end. */
    void append(int callers, Duration time) throws IOException {
        tell("append %d %d".formatted(callers, time.toMillis()));
    }

    /** How many it appended. */
    long appended() throws IOException {
        return Long.parseLong(answer());
    }

    /** Closes its log and is no node any more, but stays as warm as it is. */
    void leave() throws IOException {
        tell("leave");
        answer();
    }

    /** Opens the log that it closed. */
    void join() throws IOException {
        tell("join");
        answer();
    }

    boolean isSequencing() throws IOException {
        tell("role");
        return Boolean.parseBoolean(answer());
    }

    private void tell(String command) throws IOException {
        commands.write(command);
        commands.newLine();
        commands.flush();
    }

    private String answer() throws IOException {
        @Nullable String line = answers.readLine();
        if (line == null) {
            throw new IOException("A node of the bench ended, for the reason above");
        }
        return line;
    }

    long pid() {
        return process.pid();
    }

    /** What it has used so far. */
    Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
    }

    /** Until nothing of it is left. */
    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /** Ends when it has no more standard input, closing its log. */
    void stop() throws IOException, InterruptedException {
        commands.close();
        process.waitFor();
    }

    static void stop(List<Node> nodes) throws IOException, InterruptedException {
        for (Node node : nodes) {
            node.stop();
        }
    }
}
