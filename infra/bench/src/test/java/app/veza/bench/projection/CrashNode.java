package app.veza.bench.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.ProjectionNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node of its own process that shares the projections with another one, and may be killed or stopped. */
final class CrashNode implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CrashNode.class);
    static final String PREFIX = "crash:";
    static final Duration LEASE = Duration.ofMillis(1_500);
    private static final Duration BEAT = Duration.ofMillis(200);
    private static final Duration DUMP = Duration.ofSeconds(5);
    private static final String END_OF_DUMP = "JNI global refs";
    private static final int FORMER_WORDS = 50_000;
    private static final Duration START = Duration.ofMinutes(3);

    private final Process process;
    private final Path output;

    private CrashNode(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Returns when it has begun its part of the work: nobody starts it again when it gives up because what it starts with is away.
     *
     * @param directory of its index and its output; the next process of the same node goes on with them
     */
    static CrashNode start(String id, Map<String, String> servers, Path directory) throws IOException {
        Path output = directory.resolveSibling(id + ".log");
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
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        // not on the command line: others on the machine can read that
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putAll(servers);
        Files.deleteIfExists(started(directory));
        CrashNode node = new CrashNode(builder.start(), output);
        try {
            await().atMost(START).until(() -> !node.isAlive() || Files.exists(started(directory)));
            assertThat(node.isAlive())
                    .as("%s lives: %s", id, Files.readString(output))
                    .isTrue();
            return node;
        } catch (RuntimeException | AssertionError e) {
            node.close();
            throw e;
        }
    }

    private static Path started(Path directory) {
        return directory.resolve("started");
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

    /** The last that it said, with what its threads do now, unless it is dead or stands still. */
    String lastWords() throws IOException, InterruptedException {
        long before = Files.size(output);
        if (isAlive()) {
            signal("QUIT");
            try {
                await().atMost(DUMP).until(() -> words(before).contains(END_OF_DUMP));
            } catch (ConditionTimeoutException stopped) {
                LOG.warn("A node does not tell what its threads do", stopped);
            }
        }
        return words(Math.max(0, before - FORMER_WORDS));
    }

    private String words(long from) throws IOException {
        byte[] all = Files.readAllBytes(output);
        return new String(all, (int) from, all.length - (int) from, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[1]);
        CrashParts parts = CrashParts.open(System.getenv(), directory);
        ProjectionEngine engine = parts.engine(PREFIX, new ProjectionNode(arguments[0], BEAT, LEASE));
        Files.createFile(started(directory));
        while (true) {
            engine.awaitPosition("chat", Long.MAX_VALUE, Duration.ofHours(1));
        }
    }
}
