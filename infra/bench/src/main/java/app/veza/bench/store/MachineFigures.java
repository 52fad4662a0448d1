package app.veza.bench.store;

import app.veza.bench.CpuClock;
import app.veza.bench.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Many nodes on one log against one, each with processor time of its own, as on a machine of its own. {@link NodeFigures} lets them share
 * this one's, and so measures what it costs that each of them indexes the whole log.
 */
final class MachineFigures {

    private static final String STREAM = "BENCH_MACHINES";
    private static final int NODES = 3;
    private static final int TURNS = 3;
    /** Loads. A node that is not compiled yet takes twice the processor time for an append, and compiles in that of its appends. */
    private static final int WARM_UP = 12;
    /** Of each: with three of them, NATS and this process some 1.8 cores are in use, so two are not exhausted. */
    private static final double CORES = 0.5;

    private final String natsUrl;
    private final CpuClock nats;
    private final Path directory;
    private final Figures figures;

    /** @param server process id of NATS */
    MachineFigures(String natsUrl, long server, Path directory, Figures figures) {
        this.natsUrl = natsUrl;
        this.nats = new CpuClock(server);
        this.directory = directory;
        this.figures = figures;
    }

    /** @param time of each load */
    void measure(Duration time) throws IOException, InterruptedException {
        String what = "%d nodes on one log against one, %.2f of a core each".formatted(NODES, CORES);
        List<Machine> all = new ArrayList<>();
        try {
            while (all.size() < NODES) {
                Optional<Machine> machine = Machine.start(natsUrl, directory, all.size());
                if (machine.isEmpty()) {
                    figures.add(what, ">= 1.00", "not measured: no CPU cgroups can be made here");
                    return;
                }
                all.add(machine.get());
            }
            measure(what, all, time);
        } finally {
            for (Machine machine : all) {
                machine.close();
            }
        }
    }

    private void measure(String what, List<Machine> all, Duration time) throws IOException {
        var load = new NodeLoad(nats);
        List<Node> nodes = all.stream().map(Machine::node).toList();
        List<Node> others = nodes.subList(1, NODES);
        // What is compiled by then need not be compiled in the time that is given out
        load.by(nodes, NodeFigures.CALLERS, time.multipliedBy(WARM_UP));
        leave(others);
        List<NodeLoad.Result> alone = new ArrayList<>();
        List<NodeLoad.Result> together = new ArrayList<>();
        alone.add(limited(all.subList(0, 1), load, time));
        while (together.size() < TURNS) {
            for (Node other : others) {
                other.join();
            }
            together.add(limited(all, load, time));
            leave(others);
            alone.add(limited(all.subList(0, 1), load, time));
        }
        double[] ratios = new double[TURNS];
        for (int i = 0; i < TURNS; i++) {
            ratios[i] = 2
                    * together.get(i).rate()
                    / (alone.get(i).rate() + alone.get(i + 1).rate());
        }
        figures.add(
                what,
                ">= 1.00",
                "%.2f (turns %s): %,.0f appends/s, one %,.0f/s",
                AppendFigures.median(ratios),
                AppendFigures.range(ratios),
                mean(together, NodeLoad.Result::rate),
                mean(alone, NodeLoad.Result::rate));
        figures.add(
                "CPU an append then: the node that sequences, alone, with %d others; each of those; NATS"
                        .formatted(NODES - 1),
                "no more",
                "%.1f us, %.1f us; %.1f us; %.1f us, %.1f us",
                mean(alone, NodeLoad.Result::first),
                mean(together, NodeLoad.Result::first),
                mean(together, NodeLoad.Result::others) / (NODES - 1),
                mean(alone, NodeLoad.Result::server),
                mean(together, NodeLoad.Result::server));
    }

    private static void leave(List<Node> nodes) throws IOException {
        for (Node node : nodes) {
            node.leave();
        }
    }

    private static double mean(List<NodeLoad.Result> results, ToDoubleFunction<NodeLoad.Result> of) {
        return results.stream().mapToDouble(of).average().orElseThrow();
    }

    private static NodeLoad.Result limited(List<Machine> machines, NodeLoad load, Duration time) throws IOException {
        for (Machine machine : machines) {
            machine.share().limit(CORES);
        }
        NodeLoad.Result result = load.by(machines.stream().map(Machine::node).toList(), NodeFigures.CALLERS, time);
        for (Machine machine : machines) {
            machine.share().lift();
        }
        return result;
    }

    private record Machine(Node node, CpuShare share) implements AutoCloseable {

        /** Empty where it cannot be given a share. */
        static Optional<Machine> start(String natsUrl, Path directory, int number)
                throws IOException, InterruptedException {
            Node node = Node.start(natsUrl, STREAM, directory.resolve("machine-" + number));
            Optional<CpuShare> share = CpuShare.of(node.pid(), "veza-bench-" + number);
            if (share.isEmpty()) {
                node.stop();
            }
            return share.map(its -> new Machine(node, its));
        }

        @Override
        public void close() throws IOException, InterruptedException {
            node.kill();
            node.awaitEnd();
            share.close();
        }
    }
}
