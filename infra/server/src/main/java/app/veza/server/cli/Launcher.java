package app.veza.server.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Owns a running platform: opens the stores, starts the nodes on them, keeps them running and takes them down in that order
 * backwards. Everything happens on the one thread that calls {@link #run}.
 */
final class Launcher {

    private static final Duration START_TIME = Duration.ofMinutes(3);
    private static final long LOOK_MILLIS = 100;

    private final LaunchPlan plan;
    private final DataDirectory data;
    private final Supplier<Stores> opening;
    private final List<NodeAddress> addresses;
    private final String howToStop;
    private final PrintWriter out;
    private @Nullable RunState told;

    /** @param opening starts or names the stores; called once this launcher alone has the data directory */
    Launcher(LaunchPlan plan, Supplier<Stores> opening, String howToStop, PrintWriter out) {
        this.plan = plan;
        this.data = plan.data();
        this.opening = opening;
        this.addresses = plan.addresses();
        this.howToStop = howToStop;
        this.out = out;
    }

    /** Returns when a signal has stopped the platform. */
    void run() throws InterruptedException {
        StopSignal stop = StopSignal.listen();
        data.prepare();
        if (!LauncherLock.take(data)) {
            throw runsAlready(data);
        }
        PortCheck.requireFree(addresses, RunState.remains(data));
        RunState.delete(data);
        out.println("Starting Veza in " + data.root() + " ...");
        try (Stores stores = opening.get()) {
            stop.orderly();
            serve(stores, stop);
        } finally {
            RunState.delete(data);
        }
        out.println("Veza has stopped.");
    }

    private void serve(Stores stores, StopSignal stop) throws InterruptedException {
        List<NodeSupervisor> nodes = new ArrayList<>();
        try {
            Optional<StartupCache> cache = StartupCache.ofThisProduct();
            boolean recording = cache.isPresent() && !cache.get().isThere();
            for (NodeAddress address : addresses) {
                boolean records = recording && nodes.isEmpty();
                List<String> cacheFlags = cache.map(records ? StartupCache::record : StartupCache::use)
                        .orElse(List.of());
                nodes.add(new NodeSupervisor(
                        plan, address, NodeSettings.write(plan, address, stores.properties()), cacheFlags));
            }
            tell(stores, nodes, false);
            if (awaitHealthy(nodes, stop)) {
                if (recording) {
                    out.println("Preparing fast starts, once for this build ...");
                    cache.get().finish(nodes.getFirst().node(), stop);
                }
                tell(stores, nodes, true);
                out.println(Greeting.text(addresses, stores.properties(), data, howToStop));
                while (!stop.await(LOOK_MILLIS)) {
                    nodes.forEach(NodeSupervisor::look);
                    tell(stores, nodes, true);
                }
            }
            out.println("Stopping ...");
        } finally {
            stop(nodes);
        }
    }

    /** Returns false when told to stop meanwhile. */
    private boolean awaitHealthy(List<NodeSupervisor> nodes, StopSignal stop) throws InterruptedException {
        long deadline = System.nanoTime() + START_TIME.toNanos();
        for (NodeSupervisor supervisor : nodes) {
            Node node = supervisor.node();
            while (!node.isHealthy()) {
                if (stop.await(LOOK_MILLIS)) {
                    return false;
                }
                if (!node.isAlive()) {
                    throw NodeFailure.ended(data, node);
                }
                if (System.nanoTime() - deadline > 0) {
                    throw NodeFailure.unhealthy(data, node, START_TIME);
                }
            }
        }
        return true;
    }

    private static void stop(List<NodeSupervisor> nodes) throws InterruptedException {
        for (NodeSupervisor supervisor : nodes) {
            supervisor.node().askToStop();
        }
        for (NodeSupervisor supervisor : nodes) {
            supervisor.node().awaitStop();
        }
    }

    /** Writes for other commands what has changed. */
    private void tell(Stores stores, List<NodeSupervisor> nodes, boolean healthy) {
        Map<String, Long> processes = new LinkedHashMap<>();
        processes.put("launcher", ProcessHandle.current().pid());
        nodes.forEach(
                node -> processes.put(node.node().address().name(), node.node().pid()));
        processes.putAll(stores.processes());
        RunState now = new RunState(ProcessHandle.current().pid(), healthy, addresses, processes, stores.properties());
        if (!now.equals(told)) {
            now.write(data);
            told = now;
        }
    }

    static CommandFailure runsAlready(DataDirectory data) {
        return LauncherLock.holder(data)
                .filter(holder -> !holder.isLauncher())
                .map(holder -> holder.isAtWork(data))
                .orElseGet(() -> new CommandFailure(
                        "Veza already runs on %s: './veza down' stops it, and --data with --port starts another one beside it."
                                .formatted(data.root())));
    }
}
