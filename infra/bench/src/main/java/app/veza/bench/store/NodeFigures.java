package app.veza.bench.store;

import app.veza.bench.CpuClock;
import app.veza.bench.Figures;
import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.EventLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/** Many nodes on one log against one, and how long appends stand still when the one that sequences is killed. */
final class NodeFigures {

    static final int CALLERS = 1024;
    private static final int NODES = 3;
    private static final int KILLS = 5;
    private static final long LONGEST_TAKEOVER = 30_000_000_000L;

    private final String natsUrl;
    private final NodeLoad load;
    private final Path directory;
    private final VezaEvents events;
    private final Figures figures;
    private int indexes;

    /** @param server process id of NATS */
    NodeFigures(String natsUrl, long server, Path directory, VezaEvents events, Figures figures) {
        this.natsUrl = natsUrl;
        this.load = new NodeLoad(new CpuClock(server));
        this.directory = directory;
        this.events = events;
        this.figures = figures;
    }

    private Path index() {
        return directory.resolve("node-" + ++indexes);
    }

    /** One node, three, and one again. @param time of each */
    void processes(Duration time) throws IOException, InterruptedException {
        List<Node> one = start("BENCH_NODES", 1);
        load.by(one, CALLERS, time);
        NodeLoad.Result before = load.by(one, CALLERS, time);
        List<Node> others = start("BENCH_NODES", NODES - 1);
        List<Node> all = new ArrayList<>(one);
        all.addAll(others);
        load.by(all, CALLERS, time);
        NodeLoad.Result together = load.by(all, CALLERS, time);
        Node.stop(others);
        NodeLoad.Result after = load.by(one, CALLERS, time);
        Node.stop(one);
        row("processes", before.rate(), together.rate(), after.rate());
        figures.add(
                "CPU an append: the node that sequences, with nobody else and with %d others".formatted(NODES - 1),
                "no more",
                "%.1f us, %.1f us",
                before.first(),
                together.first());
        figures.add(
                "CPU an append: each of the others; NATS with one node, with %d".formatted(NODES),
                "-",
                "%.1f us; %.1f us, %.1f us",
                together.others() / (NODES - 1),
                before.server(),
                together.server());
    }

    private List<Node> start(String stream, int count) throws IOException {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(Node.start(natsUrl, stream, index()));
        }
        return nodes;
    }

    /** As {@link #processes}, in this process. */
    void together(Duration time) throws InterruptedException {
        try (EventLog one = open()) {
            appendedTo(List.of(one), time);
            double before = appendedTo(List.of(one), time);
            double together;
            try (EventLog two = open();
                    EventLog three = open()) {
                appendedTo(List.of(one, two, three), time);
                together = appendedTo(List.of(one, two, three), time);
            }
            row("logs in one process", before, together, appendedTo(List.of(one), time));
        }
    }

    private EventLog open() {
        return Logs.open(natsUrl, "BENCH_LOGS", index());
    }

    private double appendedTo(List<EventLog> logs, Duration time) throws InterruptedException {
        long self = ProcessHandle.current().pid();
        long[] appended = new long[logs.size()];
        List<Thread> threads = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < appended.length; i++) {
            int number = i;
            var loop = new ClosedLoop(new LogContestant(logs.get(i), events, self), CALLERS / appended.length, 1);
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    appended[number] = loop.run(time).appends();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        long all = 0;
        for (int i = 0; i < appended.length; i++) {
            threads.get(i).join();
            if (appended[i] == 0) {
                throw new IllegalStateException("A log of the bench took no appends, for the reason above");
            }
            all += appended[i];
        }
        return all * 1e9 / (System.nanoTime() - start);
    }

    private void row(String what, double before, double together, double after) {
        figures.add(
                "%d %s on one log against one, %,d callers in all".formatted(NODES, what, CALLERS),
                ">= 1.00",
                "%.2f: %,.0f appends/s, one %,.0f/s before and %,.0f/s after",
                together / ((before + after) / 2),
                together,
                before,
                after);
    }

    /** Seen by a caller on a node that stays, who appends again and again. */
    void takeover() throws IOException, InterruptedException {
        List<Node> nodes = new ArrayList<>(start("BENCH_TAKEOVER", NODES));
        List<Double> seconds = new ArrayList<>();
        while (seconds.size() < KILLS) {
            try (EventLog observer = Logs.open(natsUrl, "BENCH_TAKEOVER", index())) {
                Node sequencing = sequencing(nodes);
                awaitAppend(observer);
                long start = System.nanoTime();
                sequencing.kill();
                nodes.remove(sequencing);
                awaitAppend(observer);
                seconds.add((System.nanoTime() - start) / 1e9);
            }
            nodes.addAll(start("BENCH_TAKEOVER", 1));
        }
        Node.stop(nodes);
        figures.add(
                "an append after kill -9 of the node that sequences",
                "< 2 s",
                "%.2f s on average, %.2f s at most, of %d",
                seconds.stream().mapToDouble(each -> each).average().orElseThrow(),
                seconds.stream().mapToDouble(each -> each).max().orElseThrow(),
                KILLS);
    }

    private static Node sequencing(List<Node> nodes) throws IOException {
        for (long end = System.nanoTime() + LONGEST_TAKEOVER;
                System.nanoTime() < end;
                LockSupport.parkNanos(1_000_000)) {
            for (Node node : nodes) {
                if (node.isSequencing()) {
                    return node;
                }
            }
        }
        throw new IllegalStateException("No node of the bench sequences");
    }

    private void awaitAppend(EventLog log) {
        CompletionException last = null;
        for (long end = System.nanoTime() + LONGEST_TAKEOVER;
                System.nanoTime() < end;
                LockSupport.parkNanos(1_000_000)) {
            try {
                log.append(AppendRequest.of(events.message(0))).join();
                return;
            } catch (CompletionException e) {
                last = e;
            }
        }
        throw new IllegalStateException("No append came through after a node was killed", last);
    }
}
