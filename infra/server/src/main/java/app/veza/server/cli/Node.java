package app.veza.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One server process.
 *
 * <p>Started by the launcher's main thread only, which never ends: the kernel sends the parent-death signal when the
 * <em>thread</em> that forked ends.
 */
final class Node {

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final NodeAddress address;
    private final Process process;
    private final long startedAt = System.nanoTime();
    private boolean healthy;

    private Node(NodeAddress address, Process process) {
        this.address = address;
        this.process = process;
    }

    static Node start(LaunchPlan plan, NodeAddress address, Path settings, List<String> cacheFlags) {
        DataDirectory data = plan.data();
        ProcessBuilder builder = new ProcessBuilder(NodeJvm.command(plan, address, settings, cacheFlags))
                .directory(data.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output(data, address).toFile());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new Node(address, process);
        } catch (IOException e) {
            throw new CommandFailure(
                    "%s cannot be started (%s): it needs setsid and setpriv (Debian: the package util-linux)."
                            .formatted(address.name(), e.getMessage()),
                    e);
        }
    }

    /** What the JVM itself has to say; the node's own log is beside it. */
    static Path output(DataDirectory data, NodeAddress address) {
        return data.logs().resolve(address.name() + ".out");
    }

    /** Asks it until it has once said that all is well. */
    boolean isHealthy() {
        healthy = healthy || HealthProbe.isUp(address);
        return healthy;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    boolean hasBeenHealthy() {
        return healthy;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    NodeAddress address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    int exitCode() {
        return process.exitValue();
    }

    void askToStop() {
        process.destroy();
    }

    /** Waits for the end that was asked for, and forces it when it does not come. */
    void awaitStop() throws InterruptedException {
        if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
