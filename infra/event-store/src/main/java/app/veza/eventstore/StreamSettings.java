package app.veza.eventstore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How the log's stream is set up: nothing in it can go away, neither by limit nor by age nor by hand. */
final class StreamSettings {
    static final String LOG_ID = "log-id";
    /** In the metadata while a restore works on the stream: nobody may take it for a log. */
    static final String MARK = "restore-state";

    private static final String FORMER_LOG_ID = "former-log-id";
    private static final String DURABILITY = "durability";
    static final JsonMapper JSON = JsonMapper.builder().build();

    private StreamSettings() {}

    /** Pedantic: the server refuses what it would otherwise change silently. */
    static byte[] createRequest(EventLogConfig config, String logId) {
        Map<String, Object> request = new LinkedHashMap<>(wanted(config));
        request.put("max_consumers", -1);
        request.put("metadata", Map.of(LOG_ID, logId, DURABILITY, stated(config)));
        request.put("pedantic", true);
        return JSON.writeValueAsBytes(request);
    }

    private static String stated(EventLogConfig config) {
        return config.durability().name().toLowerCase(Locale.ROOT);
    }

    /** Whether the stream states the durability that this node's operator set the server up for. */
    static boolean states(EventLogConfig config, JsonNode actual) {
        return stated(config).equals(actual.path("metadata").path(DURABILITY).asString(""));
    }

    /** The stream as it is, with the durability stated as it is configured. */
    static byte[] restated(EventLogConfig config, JsonNode actual) {
        ObjectNode changed = actual.deepCopy().asObject();
        changed.withObjectProperty("metadata").put(DURABILITY, stated(config));
        return JSON.writeValueAsBytes(changed);
    }

    /** The stream as it is, under another log id. It names those that it had: what it lost with them may be in their backups. */
    static byte[] renamed(JsonNode actual, String logId) {
        ObjectNode changed = actual.deepCopy().asObject();
        ObjectNode metadata = changed.withObjectProperty("metadata");
        List<String> former = new ArrayList<>(formerLogIds(actual));
        former.addFirst(metadata.path(LOG_ID).asString(""));
        metadata.put(FORMER_LOG_ID, String.join(" ", former));
        metadata.put(LOG_ID, logId);
        return JSON.writeValueAsBytes(changed);
    }

    /** Ids of the log before it lost its tail, the last one first; empty when it has lost none since it was created or restored. */
    static List<String> formerLogIds(JsonNode actual) {
        String ids = actual.path("metadata").path(FORMER_LOG_ID).asString("");
        return ids.isEmpty() ? List.of() : List.of(ids.split(" "));
    }

    private static Map<String, Object> wanted(EventLogConfig config) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("name", config.streamName());
        wanted.put("subjects", List.of(config.subjectPrefix() + ".>"));
        wanted.put("storage", "file");
        wanted.put("compression", "s2");
        wanted.put("retention", "limits");
        wanted.put("discard", "new");
        wanted.put("num_replicas", config.replicas());
        wanted.put("allow_direct", true);
        wanted.put("deny_delete", true);
        wanted.put("deny_purge", true);
        wanted.put("max_msgs", -1);
        wanted.put("max_bytes", -1);
        wanted.put("max_msgs_per_subject", -1);
        wanted.put("max_msg_size", -1);
        wanted.put("max_age", 0);
        return wanted;
    }

    /** What a server names only when it is on, and must not be. */
    private static final Map<String, Object> OFF = Map.of(
            "sealed", false,
            "no_ack", false,
            "allow_rollup_hdrs", false,
            "allow_msg_ttl", false,
            "allow_msg_schedules", false,
            "allow_msg_counter", false,
            "persist_mode", "default");

    /** @throws LogSettingsException naming every setting that differs */
    static void verify(EventLogConfig config, JsonNode actual) {
        Map<String, String> differing = new LinkedHashMap<>();
        wanted(config).forEach((name, value) -> compare(name, value, actual, differing));
        OFF.forEach((name, value) -> {
            if (actual.hasNonNull(name)) {
                compare(name, value, actual, differing);
            }
        });
        if (!differing.isEmpty()) {
            throw new LogSettingsException("stream %s is not set up as an event log: %s"
                    .formatted(
                            config.streamName(),
                            differing.entrySet().stream()
                                    .map(e -> e.getKey() + " " + e.getValue())
                                    .collect(Collectors.joining(", "))));
        }
    }

    private static void compare(String name, Object wanted, JsonNode actual, Map<String, String> differing) {
        JsonNode expected = JSON.valueToTree(wanted);
        JsonNode found = actual.path(name);
        if (!Objects.equals(expected.toString(), found.toString())) {
            differing.put(name, "is " + (found.isMissingNode() ? "missing" : found) + ", must be " + expected);
        }
    }
}
