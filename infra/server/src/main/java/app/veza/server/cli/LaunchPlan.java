package app.veza.server.cli;

import app.veza.embedded.Durability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code up} was asked for.
 *
 * @param port of the first node's API; each node takes two, upwards from it
 * @param nodes server processes behind one set of stores
 * @param external properties file of the servers to use; null: embedded ones
 * @param durability of the embedded log; null: what the data directory remembers
 * @param tls what both ports present; null: they speak no TLS
 */
record LaunchPlan(
        DataDirectory data,
        int port,
        int nodes,
        @Nullable Path external,
        @Nullable Durability durability,
        @Nullable TlsFiles tls) {

    /** Each node has two pools of a connection for every projection, and the platform 100 connections in all. */
    static final int MOST_NODES = 5;

    private static final int LAST_PORT = 65_535;

    LaunchPlan {
        if (nodes < 1 || nodes > MOST_NODES) {
            throw new CommandFailure(
                    "--nodes %d cannot be had: choose from 1 to %d on one machine.".formatted(nodes, MOST_NODES));
        }
        if (port < 1 || port + 2 * nodes - 1 > LAST_PORT) {
            throw new CommandFailure("--port %d leaves no room for the ports of the platform: choose one from 1 to %d."
                    .formatted(port, LAST_PORT - 2 * nodes + 1));
        }
        if (external != null && durability != null) {
            throw new CommandFailure(
                    "--durability sets up the embedded log: for servers of your own set veza.log.durability in %s to what they are set up for."
                            .formatted(external));
        }
    }

    List<NodeAddress> addresses() {
        return IntStream.rangeClosed(1, nodes)
                .mapToObj(number -> NodeAddress.of(number, port, tls))
                .toList();
    }

    /** The command line that asks for the same, without {@code --detach}. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "up",
                "--data",
                data.root().toString(),
                "--port",
                Integer.toString(port),
                "--nodes",
                Integer.toString(nodes)));
        if (external != null) {
            arguments.addAll(List.of("--external", external.toAbsolutePath().toString()));
        }
        if (durability != null) {
            arguments.addAll(List.of("--durability", durability.name().toLowerCase(Locale.ROOT)));
        }
        if (tls != null) {
            arguments.addAll(List.of(
                    "--tls-certificate",
                    tls.certificate().toString(),
                    "--tls-key",
                    tls.privateKey().toString()));
        }
        return arguments;
    }
}
