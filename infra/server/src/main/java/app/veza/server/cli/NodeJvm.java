package app.veza.server.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a node's process. */
final class NodeJvm {

    private static final String MAIN = "app.veza.server.VezaServer";

    private static final List<String> FLAGS = List.of(
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseParallelGC",
            // the launcher starts it anew; a node that lost an allocation is in no state to go on
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Daxoniq.update-checker.disabled=true");

    private NodeJvm() {}

    /**
     * A child in a session of its own, so that Ctrl-C in a terminal reaches the launcher alone, and killed by the kernel when
     * the launcher dies: it must not go on writing to stores that are about to be started anew.
     */
    static List<String> command(LaunchPlan plan, NodeAddress node, Path settings, List<String> cacheFlags) {
        List<String> command = new ArrayList<>(List.of("setsid", "setpriv", "--pdeathsig", "KILL", "--"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add("-XX:MaxRAMPercentage=" + heapPercentage(plan.nodes()));
        command.addAll(cacheFlags);
        command.add("-XX:ErrorFile=" + plan.data().logs().resolve(node.name() + "-crash-%p.log"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        command.add("--spring.config.additional-location=" + settings.toUri());
        return command;
    }

    /**
     * Of the machine's memory, for one node's heap: a quarter, as the JVM would have it, or its share of three eighths. The rest
     * is for what nodes keep beside their heaps (some 300 MB each), the servers and the page cache: on 4 GB three nodes
     * get 512 MB each.
     */
    static double heapPercentage(int nodes) {
        return Math.min(25, 37.5 / nodes);
    }
}
