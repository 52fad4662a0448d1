package app.veza.server.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Says why a node did not come up, as far as the node told. */
final class NodeFailure {

    private static final int LINES = 12;

    private NodeFailure() {}

    static CommandFailure ended(DataDirectory data, Node node) {
        return new CommandFailure("%s ended with code %d while starting: its log %s tells why%s"
                .formatted(
                        node.address().name(),
                        node.exitCode(),
                        NodeSettings.log(data, node.address()),
                        lastLines(data, node.address())));
    }

    static CommandFailure unhealthy(DataDirectory data, Node node, Duration after) {
        String health = HealthProbe.ask(node.address())
                .map(answer -> "; it says of itself: " + answer.body())
                .orElse("; it does not answer");
        return new CommandFailure("%s is not healthy after %d s: its log %s tells why%s"
                .formatted(node.address().name(), after.toSeconds(), NodeSettings.log(data, node.address()), health));
    }

    private static String lastLines(DataDirectory data, NodeAddress node) {
        for (Path file : List.of(NodeSettings.log(data, node), Node.output(data, node))) {
            try {
                List<String> lines = Files.readString(file, StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .toList();
                if (!lines.isEmpty()) {
                    return " and ends:\n"
                            + String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
                }
            } catch (IOException notWritten) {
                continue; // a node that ended this early wrote only to the other file
            }
        }
        return ".";
    }
}
