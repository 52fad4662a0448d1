package app.veza.bench.store;

import app.veza.bench.CpuClock;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Callers on all of some nodes of one log, each of whom appends again as soon as the last append is answered. */
final class NodeLoad {

    private final CpuClock nats;

    NodeLoad(CpuClock nats) {
        this.nats = nats;
    }

    /**
     * @param rate appends a second
     * @param first CPU an append of the first node, in microseconds, as {@code others} of all others together and {@code server} of NATS
     */
    record Result(double rate, double first, double others, double server) {}

    /** @param callers in all */
    Result by(List<Node> nodes, int callers, Duration time) throws IOException {
        List<Duration> before = nodes.stream().map(Node::cpu).toList();
        CpuClock.Reading server = nats.read();
        long start = System.nanoTime();
        for (Node node : nodes) {
            node.append(callers / nodes.size(), time);
        }
        double appended = 0;
        for (Node node : nodes) {
            appended += node.appended();
        }
        double rate = appended * 1e9 / (System.nanoTime() - start);
        double[] micros = new double[nodes.size()];
        for (int i = 0; i < micros.length; i++) {
            micros[i] = nodes.get(i).cpu().minus(before.get(i)).toNanos() / 1e3 / appended;
        }
        return new Result(
                rate,
                micros[0],
                Arrays.stream(micros).skip(1).sum(),
                nats.read().since(server).server() / 1e3 / appended);
    }
}
