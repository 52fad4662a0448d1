package app.veza.bench.projection;

import app.veza.projectionengine.RedisKeys;
import app.veza.projectionengine.RedisProjection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that readers would find.
 *
 * @param rows of each table as text, and the dead letters, without when they were parked and tried
 * @param keys of Redis with their values, each behind the name of its projection
 */
record ReadModels(Map<String, List<String>> rows, Map<String, String> keys) {

    static final String DEAD_LETTERS = "projection.dead_letter";

    private static final String SCHEMAS = "~ '_v[0-9]+$'";

    static ReadModels read(CrashParts parts, String redisKeyPrefix) {
        return new ReadModels(rows(parts), keys(parts, redisKeyPrefix));
    }

    /** Those in databases. */
    static void drop(CrashParts parts) {
        parts.sql().execute("drop schema projection, view cascade");
        parts.sql()
                .fetch("select nspname from pg_namespace where nspname " + SCHEMAS)
                .getValues(0, String.class)
                .forEach(schema -> parts.sql().execute("drop schema " + schema + " cascade"));
    }

    static List<RedisKeys> inRedis(String prefix) {
        return CrashParts.projections().stream()
                .filter(RedisProjection.class::isInstance)
                .map(one -> new RedisKeys(prefix, one.name(), one.version()))
                .toList();
    }

    /** How much there is of each projection. */
    Map<String, Integer> sizes() {
        Map<String, Integer> sizes = new TreeMap<>();
        rows.forEach((table, its) -> {
            if (!table.equals(DEAD_LETTERS)) {
                sizes.merge(table.replaceFirst("_v[0-9]+\\..*", ""), its.size(), Integer::sum);
            }
        });
        keys.keySet().forEach(key -> sizes.merge(key.substring(0, key.indexOf(' ')), 1, Integer::sum));
        return sizes;
    }

    private static Map<String, List<String>> rows(CrashParts parts) {
        Map<String, List<String>> rows = new TreeMap<>();
        parts.sql()
                .fetch("""
                        select quote_ident(nspname) || '.' || quote_ident(relname) from pg_class c
                        join pg_namespace n on n.oid = relnamespace
                        where relkind in ('r', 'p') and not relispartition and nspname """ + " " + SCHEMAS)
                .getValues(0, String.class)
                .forEach(table -> rows.put(table, texts(parts, "select one::text from " + table + " one order by 1")));
        rows.put(
                DEAD_LETTERS,
                texts(
                        parts,
                        "select (name, position, sequence_key, event_type, error)::text from projection.dead_letter order by 1"));
        return rows;
    }

    private static List<String> texts(CrashParts parts, String query) {
        return parts.sql().fetch(query).getValues(0, String.class);
    }

    private static Map<String, String> keys(CrashParts parts, String prefix) {
        Map<String, String> values = new TreeMap<>();
        try (var connection = parts.redis().connect()) {
            RedisCommands<String, String> redis = connection.sync();
            for (RedisKeys keys : inRedis(prefix)) {
                for (String key : redis.keys(keys.stem() + "*")) {
                    String local = key.substring(keys.stem().length());
                    if (!local.startsWith("!")) {
                        values.put(keys.name() + " " + local, value(redis, key));
                    }
                }
            }
        }
        return values;
    }

    private static String value(RedisCommands<String, String> redis, String key) {
        return switch (redis.type(key)) {
            case "string" -> redis.get(key);
            case "hash" -> new TreeMap<>(redis.hgetall(key)).toString();
            case "zset" -> redis.zrangeWithScores(key, 0, -1).toString();
            case "set" -> redis.smembers(key).stream().sorted().toList().toString();
            case "list" -> redis.lrange(key, 0, -1).toString();
            default -> throw new IllegalStateException("A key of another type: " + key);
        };
    }
}
