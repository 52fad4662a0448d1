package app.veza.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/** The platform's status for a person. */
final class StatusTable {

    /** Columns of their own; the other details of a part follow in one. */
    private static final Set<String> COLUMNS = Set.of("status", "state", "role", "position", "lag", "latencyMillis");

    private StatusTable() {}

    static String of(PlatformStatus platform) {
        StringBuilder text = new StringBuilder();
        text.append("Veza is %s: %s and %s, data in %s%n"
                .formatted(platform.status(), platform.http(), platform.ws(), platform.data()));
        text.append('\n').append(nodes(platform.nodes()));
        for (PlatformStatus.NodeStatus node : platform.nodes()) {
            text.append('\n').append(parts(node));
        }
        text.append('\n').append(stores(platform.stores()));
        text.append('\n').append(processes(platform.processes()));
        return text.toString().stripTrailing();
    }

    private static String nodes(List<PlatformStatus.NodeStatus> nodes) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NODE", "STATUS", "ROLE", "PID", "API", "SOCKET"));
        nodes.forEach(node -> rows.add(
                List.of(node.name(), node.status(), node.role(), Long.toString(node.pid()), node.http(), node.ws())));
        return aligned(rows);
    }

    private static String parts(PlatformStatus.NodeStatus node) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                node.name().toUpperCase(java.util.Locale.ROOT),
                "STATUS",
                "ROLE",
                "POSITION",
                "LAG",
                "LATENCY",
                "DETAILS"));
        if (node.parts() == null) {
            rows.add(List.of(node.http(), "down", "", "", "", "", "does not answer"));
        } else {
            node.parts().properties().forEach(part -> addPart(rows, part.getKey(), part.getValue()));
        }
        return aligned(rows);
    }

    /** A detail that has a position of its own, such as one projection of many, gets a line of its own. */
    private static void addPart(List<List<String>> rows, String name, JsonNode part) {
        StringJoiner details = new StringJoiner(", ");
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>();
        for (Map.Entry<String, JsonNode> detail : part.properties()) {
            if (detail.getValue().isObject()) {
                members.add(detail);
            } else if (!COLUMNS.contains(detail.getKey())) {
                details.add(detail.getKey() + " " + detail.getValue().asString());
            }
        }
        String status = text(part, "status").isEmpty() ? text(part, "state") : text(part, "status");
        String latency = text(part, "latencyMillis");
        rows.add(List.of(
                name,
                status.toLowerCase(java.util.Locale.ROOT),
                text(part, "role"),
                text(part, "position"),
                text(part, "lag"),
                latency.isEmpty() ? "" : latency + " ms",
                details.toString()));
        members.forEach(member -> addPart(rows, "  " + member.getKey(), member.getValue()));
    }

    private static String text(JsonNode part, String field) {
        JsonNode value = part.get(field);
        return value == null || value.isNull() ? "" : value.asString();
    }

    private static String stores(Map<String, Map<String, String>> stores) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("STORE", "ADDRESS (--json shows passwords)"));
        stores.forEach((name, parts) -> rows.add(List.of(name, StoreAddresses.masked(parts.getOrDefault("url", "")))));
        return aligned(rows);
    }

    private static String processes(Map<String, Long> processes) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("PROCESS", "PID"));
        processes.forEach((name, pid) -> rows.add(List.of(name, Long.toString(pid))));
        return aligned(rows);
    }

    /** The first row is the head. */
    static String aligned(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                line.append(row.get(column))
                        .repeat(' ', widths[column] - row.get(column).length() + 2);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
