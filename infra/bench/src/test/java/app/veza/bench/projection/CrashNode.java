package app.veza.bench.projection;

import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.ProjectionNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A node of its own process that shares the projections with another one, and may be killed or stopped. */
final class CrashNode implements AutoCloseable {

    static final String PREFIX = "crash:";
    static final Duration LEASE = Duration.ofMillis(1_500);
    private static final Duration BEAT = Duration.ofMillis(200);

    private final Process process;

    private CrashNode(Process process) {
        this.process = process;
    }

    /** @param directory of its index and its output; the next process of the same node goes on with them */
    static CrashNode start(String id, Map<String, String> servers, Path directory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx300m",
                        "--enable-native-access=ALL-UNNAMED",
                        CrashNode.class.getName(),
                        id,
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolveSibling(id + ".log").toFile()));
        // not on the command line: others on the machine can read that
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putAll(servers);
        return new CrashNode(builder.start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The process does not die");
        }
    }

    /** STOP: it stands still as on a machine that swaps; CONT: it goes on with what it had in its hands. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid())
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws InterruptedException {
        CrashParts parts = CrashParts.open(System.getenv(), Path.of(arguments[1]));
        ProjectionEngine engine = parts.engine(PREFIX, new ProjectionNode(arguments[0], BEAT, LEASE));
        while (true) {
            engine.awaitPosition("chat", Long.MAX_VALUE, Duration.ofHours(1));
        }
    }
}
