package app.veza.server.cli;

import app.veza.embedded.Durability;
import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.EmbeddedPlatformOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** Servers of this machine, owned by the launcher: real ones as its children, storage and mail within it. */
record EmbeddedStores(EmbeddedPlatform platform, Map<String, String> properties) implements Stores {

    /** Keys of the platform's own, such as superusers' passwords, which a node has no use for. */
    private static final String OWN_KEYS = "veza.embedded.";

    static EmbeddedStores start(DataDirectory data, Durability durability) {
        EmbeddedPlatform platform =
                EmbeddedPlatform.start(EmbeddedPlatformOptions.in(data.stores()).withDurability(durability));
        Map<String, String> properties = platform.properties();
        properties.put(LogDurability.KEY, LogDurability.name(durability));
        properties.keySet().removeIf(key -> key.startsWith(OWN_KEYS));
        return new EmbeddedStores(platform, Map.copyOf(properties));
    }

    @Override
    public Map<String, Long> processes() {
        Map<String, Long> processes = new LinkedHashMap<>();
        processes.put("nats", platform.nats().pid());
        processes.put("postgresPrimary", platform.primary().pid());
        processes.put("postgresReplica", platform.replica().pid());
        processes.put("postgresAnalytics", platform.analytics().pid());
        processes.put("redis", platform.redis().pid());
        return processes;
    }

    @Override
    public void close() {
        platform.close();
    }
}
