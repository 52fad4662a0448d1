package app.veza.server.cli;

import java.time.Duration;
import java.util.List;

/** Looks for taken ports before anything is started. */
final class PortCheck {

    /** The kernel frees the ports of a killed node within this time. */
    private static final Duration AFTER_A_CRASH = Duration.ofSeconds(5);

    private static final long LOOK_MILLIS = 50;

    private PortCheck() {}

    /** @param afterCrash whether nodes of an earlier launcher may be dying just now */
    static void requireFree(List<NodeAddress> nodes, boolean afterCrash) throws InterruptedException {
        long deadline = System.nanoTime() + (afterCrash ? AFTER_A_CRASH.toNanos() : 0);
        for (NodeAddress node : nodes) {
            requireFree(node.httpPort(), deadline);
            requireFree(node.gatewayPort(), deadline);
        }
    }

    private static void requireFree(int port, long deadline) throws InterruptedException {
        while (!Loopback.isFree(port)) {
            if (System.nanoTime() - deadline >= 0) {
                throw new CommandFailure(
                        "Port %d is taken by another program: choose another one with --port N (each node uses two, from N on)."
                                .formatted(port));
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
