package app.veza.projectionengine;

import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** A process of its own that runs both kinds of projections, until it is killed. */
final class RunnerProcess implements AutoCloseable {
    private final Process process;

    private RunnerProcess(Process process) {
        this.process = process;
    }

    /** @param output where the process writes what it logs */
    static RunnerProcess start(Map<String, String> properties, String prefix, int events, long seed, Path output) {
        return start(properties, prefix, events, seed, output, "");
    }

    /** @param node that shares the projections with others, all of it as in production; empty: none */
    static RunnerProcess start(
            Map<String, String> properties, String prefix, int events, long seed, Path output, String node) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                RunnerProcess.class.getName(),
                Integer.toString(events),
                Long.toString(seed),
                prefix,
                node));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        // not on the command line: others on the machine can read that
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        for (String key : List.of("url", "username", "password")) {
            builder.environment().put("PRIMARY_" + key, properties.get("veza.postgres.primary." + key));
        }
        builder.environment().put("REDIS_url", properties.get("veza.redis.url"));
        try {
            return new RunnerProcess(builder.start());
        } catch (IOException e) {
            throw new IllegalStateException("No second process", e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The process does not die");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> env = System.getenv();
        DataSource database =
                Engines.dataSource(env.get("PRIMARY_url"), env.get("PRIMARY_username"), env.get("PRIMARY_password"));
        ListLog log = new ListLog("a", Ledger.history(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1])));
        RedisClient redis = RedisClient.create(env.get("REDIS_url"));
        boolean shared = !arguments[3].isEmpty();
        ProjectionEngineConfig config = shared ? ProjectionEngineConfig.defaults() : Engines.smallBatches();
        ProjectionEngine engine = ProjectionEngine.start(
                log,
                new ProjectionTargets(database, database, redis),
                List.of(new Balances("ledger"), new Totals("totals", 1)),
                config.withRedisKeyPrefix(arguments[2]),
                new SimpleMeterRegistry(),
                shared ? ProjectionNode.of(arguments[3]) : null);
        while (true) {
            engine.awaitPosition("ledger", Long.MAX_VALUE, java.time.Duration.ofHours(1));
        }
    }
}
