package app.veza.server.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one node running: a node that ends is started anew at once, one that keeps ending less and less often. */
final class NodeSupervisor {

    private static final Logger log = LoggerFactory.getLogger(NodeSupervisor.class);

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);
    private static final int ENDS_WITHOUT_PAUSE = 3;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final LaunchPlan plan;
    private final NodeAddress address;
    private final Path settings;
    private Node node;
    private int endsInARow;
    private boolean endNoticed;
    private boolean announced = true;
    private long startAgainAt;

    /** @param firstFlags for the first start only */
    NodeSupervisor(LaunchPlan plan, NodeAddress address, Path settings, List<String> firstFlags) {
        this.plan = plan;
        this.address = address;
        this.settings = settings;
        this.node = Node.start(plan, address, settings, firstFlags);
    }

    /** Looks once. Called by the thread that made this. */
    void look() {
        if (node.isAlive()) {
            if (!announced && node.isHealthy()) {
                announced = true;
                log.info(
                        "{} is back after {} ms (pid {})",
                        address.name(),
                        node.age().toMillis(),
                        node.pid());
            }
        } else if (!endNoticed) {
            endNoticed = true;
            endsInARow = node.hasBeenHealthy() && node.age().compareTo(LONG_ENOUGH) > 0 ? 1 : endsInARow + 1;
            Duration pause = pause();
            startAgainAt = System.nanoTime() + pause.toNanos();
            log.warn(
                    "{} (pid {}) ended with code {}; it is started again in {} s, its log is {}",
                    address.name(),
                    node.pid(),
                    node.exitCode(),
                    pause.toSeconds(),
                    NodeSettings.log(plan.data(), address));
        } else if (System.nanoTime() - startAgainAt >= 0) {
            node = Node.start(plan, address, settings, cacheFlags());
            endNoticed = false;
            announced = false;
        }
    }

    private static List<String> cacheFlags() {
        return StartupCache.ofThisProduct().map(StartupCache::use).orElse(List.of());
    }

    private Duration pause() {
        if (endsInARow <= ENDS_WITHOUT_PAUSE) {
            return Duration.ZERO;
        }
        Duration doubled = Duration.ofSeconds(1L << Math.min(endsInARow - ENDS_WITHOUT_PAUSE, 10));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    Node node() {
        return node;
    }
}
