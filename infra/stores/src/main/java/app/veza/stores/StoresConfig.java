package app.veza.stores;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

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

    /** A comparison holds two for as long as it takes, and what is live needs one meanwhile. */
    private static final int LEAST_WRITERS = 3;

    public StoresConfig {
        int total = total(primary, replica, analytics, primaryWriter, analyticsWriter, keys);
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
     * pools whose size is not given have their share of what a single node's would have; writers' not less than
     * {@value #LEAST_WRITERS}, and of many nodes the replica's takes what is left.
     *
     * @throws IllegalArgumentException naming the property that is missing or wrong
     */
    public static StoresConfig from(Map<String, String> properties) {
        Source source = new Source(properties);
        PoolConfig primary =
                source.pool("primary", "primary", "connections", source.share(10), true, Duration.ofSeconds(5));
        PoolConfig analytics =
                source.pool("analytics", "analytics", "connections", source.share(10), true, Duration.ofSeconds(30));
        PoolConfig primaryWriter = source.pool(
                "primary-writer",
                "primary",
                "projection-connections",
                Math.max(LEAST_WRITERS, source.share(16)),
                false,
                Duration.ofSeconds(60));
        PoolConfig analyticsWriter = source.pool(
                "analytics-writer",
                "analytics",
                "projection-connections",
                Math.max(LEAST_WRITERS, source.share(12)),
                false,
                Duration.ofSeconds(60));
        PoolConfig keys =
                source.pool("keys", "primary", "key-connections", source.share(6), false, Duration.ofSeconds(5));
        int left = source.share(CONNECTIONS) - total(primary, analytics, primaryWriter, analyticsWriter, keys);
        int replica = Math.max(1, Math.min(source.share(40), left));
        return new StoresConfig(
                primary,
                source.pool("replica", "replica", "connections", replica, true, Duration.ofSeconds(5)),
                analytics,
                primaryWriter,
                analyticsWriter,
                keys,
                source.required("veza.redis.url"),
                source.duration("veza.redis.timeout", Duration.ofSeconds(1)),
                source.nodes());
    }

    private static int total(PoolConfig... pools) {
        return Stream.of(pools).mapToInt(PoolConfig::size).sum();
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
                    number(stem + sizeKey, defaultSize),
                    readOnly,
                    statementTimeout,
                    Duration.ofSeconds(3));
        }

        /** Of what a single node would have. */
        int share(int ofOne) {
            return Math.max(1, ofOne / nodes());
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
