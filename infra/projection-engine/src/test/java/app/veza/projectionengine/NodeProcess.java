package app.veza.projectionengine;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.TimeoutOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** A node of its own process that shares both kinds of projections with another one, and may be killed or stopped. */
final class NodeProcess implements AutoCloseable {
    static final String PREFIX = "crash:";
    static final ProjectionNode TIMES = new ProjectionNode("times", Duration.ofMillis(200), Duration.ofMillis(1_500));

    private final Process process;

    private NodeProcess(Process process) {
        this.process = process;
    }

    /** @param servers values of {@code DB}, {@code USER_NAME}, {@code PASSWORD}, {@code REDIS}, {@code NATS} */
    static NodeProcess start(String id, Map<String, String> servers, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        NodeProcess.class.getName(),
                        id)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        // not on the command line: others on the machine can read that
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putAll(servers);
        return new NodeProcess(builder.start());
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
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

    static RedisClient redis(String url) {
        RedisClient client = RedisClient.create(url);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(Duration.ofSeconds(2)))
                .build());
        return client;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> env = System.getenv();
        DataSource database = Engines.dataSource(env.get("DB"), env.get("USER_NAME"), env.get("PASSWORD"));
        ProjectionEngine engine = ProjectionEngine.start(
                NatsLog.open(env.get("NATS")),
                new ProjectionTargets(database, database, redis(env.get("REDIS"))),
                List.of(new Balances("ledger"), new Totals("totals", 1)),
                Engines.smallBatches().withRedisKeyPrefix(PREFIX),
                new SimpleMeterRegistry(),
                new ProjectionNode(arguments[0], TIMES.beat(), TIMES.lease()));
        while (true) {
            engine.awaitPosition("ledger", Long.MAX_VALUE, Duration.ofHours(1));
        }
    }
}
