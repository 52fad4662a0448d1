package app.veza.bench.socket;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A {@link SwarmProcess} as its parent sees it. */
final class RemoteSwarm implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;

    private RemoteSwarm(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    }

    static RemoteSwarm start(URI gateway, String source, List<String> tokens) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SwarmProcess.class.getName(),
                        gateway.toString(),
                        source)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        RemoteSwarm swarm = new RemoteSwarm(process);
        swarm.send(String.join(",", tokens));
        return swarm;
    }

    private void send(String line) throws IOException {
        orders.write(line + "\n");
        orders.flush();
    }

    /** Gives an order; {@link #answer} waits for it. */
    void order(String order, Object... arguments) throws IOException {
        StringBuilder line = new StringBuilder(order);
        for (Object argument : arguments) {
            line.append(' ').append(argument);
        }
        send(line.toString());
    }

    String answer() throws IOException {
        String answer = answers.readLine();
        if (answer == null || !answer.startsWith("ok")) {
            throw new IllegalStateException("A load client " + (answer == null ? "died" : answer));
        }
        return answer.substring(2).strip();
    }

    String ask(String order, Object... arguments) throws IOException {
        order(order, arguments);
        return answer();
    }

    Swarm.Report report() throws IOException {
        String[] figures = ask("report").split(" ");
        return new Swarm.Report(
                Long.parseLong(figures[0]), Double.parseDouble(figures[1]), Double.parseDouble(figures[2]));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
