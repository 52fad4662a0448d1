package app.veza.server.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The platform as {@code status} tells it.
 *
 * @param status {@code up}, {@code starting} or {@code down}
 * @param http address of the API
 * @param ws address of the socket
 * @param stores connection strings and their parts, by store
 * @param processes ids by name
 */
record PlatformStatus(
        String status,
        String data,
        String http,
        String ws,
        List<NodeStatus> nodes,
        Map<String, Map<String, String>> stores,
        Map<String, Long> processes) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * @param role {@code sequencer} of the log, or {@code forwarder} of its appends to that one; empty when the node does not answer
     * @param parts every part as the node sees it, by name; null when the node does not answer
     */
    record NodeStatus(
            String name,
            String status,
            String role,
            long pid,
            String http,
            String ws,
            @Nullable JsonNode parts) {}

    static PlatformStatus of(DataDirectory data, RunState state) {
        List<NodeStatus> nodes =
                state.nodes().stream().map(node -> ask(node, state)).toList();
        boolean allUp = nodes.stream().allMatch(node -> node.status().equals("up"));
        String status = allUp ? "up" : state.healthy() ? "down" : "starting";
        NodeAddress first = state.nodes().getFirst();
        return new PlatformStatus(
                status,
                data.root().toString(),
                first.http(),
                first.ws(),
                nodes,
                StoreAddresses.of(state.stores()),
                new LinkedHashMap<>(state.processes()));
    }

    private static NodeStatus ask(NodeAddress node, RunState state) {
        var answer = HealthProbe.ask(node);
        String status = answer.filter(a -> a.status() == 200).isPresent() ? "up" : "down";
        JsonNode parts = answer.map(a -> parts(a.body())).orElse(null);
        return new NodeStatus(
                node.name(),
                status,
                role(parts),
                state.processes().getOrDefault(node.name(), -1L),
                node.http(),
                node.ws(),
                parts);
    }

    private static String role(@Nullable JsonNode parts) {
        JsonNode sequencing = parts == null ? null : parts.at("/eventLog/sequencing");
        return sequencing == null || !sequencing.isBoolean()
                ? ""
                : sequencing.booleanValue() ? "sequencer" : "forwarder";
    }

    private static @Nullable JsonNode parts(String body) {
        try {
            return JSON.readTree(body).get("parts");
        } catch (JacksonException notAHealthAnswer) {
            return null;
        }
    }

    String json() {
        return JSON.writeValueAsString(this);
    }
}
