package app.veza.stores;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The stores of one node, as its property file has them.
 *
 * @param primary reads that must not be older than the replica has
 * @param replica all other reads
 * @param analytics analysts' queries over the API
 * @param primaryWriter projections; one connection each
 * @param analyticsWriter projections; one connection each
 * @param keys of personal data; few and short statements, for what is not in memory
 * @param redisUrl such as {@code redis://:password@127.0.0.1:6379/0}
 * @param redisTimeout of one command
 * @param nodes that share what the platform may use
 */
public record StoresConfig(
        PoolConfig primary,
        PoolConfig replica,
        PoolConfig analytics,
        PoolConfig primaryWriter,
        PoolConfig analyticsWriter,
        PoolConfig keys,
        String redisUrl,
        Duration redisTimeout,
        int nodes) {
    /** Connections in all pools of the platform, however many nodes it has. */
    public static final int CONNECTIONS = 100;

    public StoresConfig {
        int total = List.of(primary, replica, analytics, primaryWriter, analyticsWriter, keys).stream()
                .mapToInt(PoolConfig::size)
                .sum();
        if (total * nodes > CONNECTIONS) {
            throw new IllegalArgumentException(
                    "The pools of %d node(s) have %d connections in all, the platform allows %d"
                            .formatted(nodes, total * nodes, CONNECTIONS));
        }
        if (!redisUrl.startsWith("redis://") && !redisUrl.startsWith("rediss://")) {
            throw new IllegalArgumentException("veza.redis.url must start with redis:// or rediss://");
        }
        if (!redisTimeout.isPositive()) {
            throw new IllegalArgumentException("veza.redis.timeout must be positive");
        }
    }

    /**
     * Reads {@code veza.postgres.{primary,replica,analytics}.{url,username,password}}, {@code veza.redis.url} and, with
     * defaults, {@code veza.postgres.{primary,replica,analytics}.connections},
     * {@code veza.postgres.{primary,analytics}.projection-connections}, {@code veza.postgres.primary.key-connections},
     * {@code veza.redis.timeout} (ISO 8601), {@code veza.nodes}:
     * pools whose size is not given have their share of what a single node's would have.
     *
     * @throws IllegalArgumentException naming the property that is missing or wrong
     */
    public static StoresConfig from(Map<String, String> properties) {
        Source source = new Source(properties);
        return new StoresConfig(
                source.pool("primary", "primary", "connections", 10, true, Duration.ofSeconds(5)),
                source.pool("replica", "replica", "connections", 40, true, Duration.ofSeconds(5)),
                source.pool("analytics", "analytics", "connections", 10, true, Duration.ofSeconds(30)),
                source.pool("primary-writer", "primary", "projection-connections", 16, false, Duration.ofSeconds(60)),
                source.pool(
                        "analytics-writer", "analytics", "projection-connections", 12, false, Duration.ofSeconds(60)),
                source.pool("keys", "primary", "key-connections", 6, false, Duration.ofSeconds(5)),
                source.required("veza.redis.url"),
                source.duration("veza.redis.timeout", Duration.ofSeconds(1)),
                source.nodes());
    }

    @Override
    public String toString() {
        return "StoresConfig[" + primary + ", " + replica + ", " + analytics + "]";
    }

    private record Source(Map<String, String> properties) {
        PoolConfig pool(
                String name,
                String server,
                String sizeKey,
                int defaultSize,
                boolean readOnly,
                Duration statementTimeout) {
            String stem = "veza.postgres." + server + ".";
            return new PoolConfig(
                    name,
                    required(stem + "url"),
                    required(stem + "username"),
                    required(stem + "password"),
                    number(stem + sizeKey, Math.max(1, defaultSize / nodes())),
                    readOnly,
                    statementTimeout,
                    Duration.ofSeconds(3));
        }

        int nodes() {
            int nodes = number("veza.nodes", 1);
            if (nodes < 1) {
                throw new IllegalArgumentException("The property veza.nodes must be at least 1, not " + nodes);
            }
            return nodes;
        }

        String required(String key) {
            String value = properties.get(key);
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException("The property " + key + " is missing");
            }
            return value.strip();
        }

        int number(String key, int otherwise) {
            String value = properties.get(key);
            try {
                return value == null ? otherwise : Integer.parseInt(value.strip());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("The property " + key + " is not a whole number: " + value, e);
            }
        }

        Duration duration(String key, Duration otherwise) {
            String value = properties.get(key);
            try {
                return value == null ? otherwise : Duration.parse(value.strip());
            } catch (java.time.format.DateTimeParseException e) {
                throw new IllegalArgumentException("The property " + key + " is not a time such as PT1S: " + value, e);
            }
        }
    }
}
