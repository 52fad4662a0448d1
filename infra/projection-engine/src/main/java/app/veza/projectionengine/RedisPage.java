package app.veza.projectionengine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keys of one edition as one script read them.
 *
 * @param position of the edition
 * @param values by the key without the edition's stem; that of one that is not there is {@link Value#absent}
 */
record RedisPage(long position, Map<String, Value> values) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Types, ends and values of keys, behind the position of their edition and the time. Times are milliseconds since 1970. */
    private static final String READ = """
            local now = redis.call('TIME')
            local out = {redis.call('HGET', KEYS[1], 'position') or '',
              string.format('%.0f', now[1] * 1000 + math.floor(now[2] / 1000))}
            for i = 2, #KEYS do
              local key = KEYS[i]
              local kind = redis.call('TYPE', key).ok
              local value = {}
              if kind == 'string' then value = {redis.call('GET', key)}
              elseif kind == 'hash' then value = redis.call('HGETALL', key)
              elseif kind == 'set' then value = redis.call('SMEMBERS', key)
              elseif kind == 'zset' then value = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
              elseif kind == 'list' then value = redis.call('LRANGE', key, 0, -1) end
              out[i + 1] = {kind, string.format('%.0f', redis.call('PEXPIRETIME', key)), value}
            end
            return out
            """;

    private static final String SIZES = """
            local out = {}
            for i, key in ipairs(KEYS) do
              local kind = redis.call('TYPE', key).ok
              if kind == 'none' then out[i] = 0
              elseif kind == 'hash' then out[i] = redis.call('HLEN', key)
              elseif kind == 'set' then out[i] = redis.call('SCARD', key)
              elseif kind == 'zset' then out[i] = redis.call('ZCARD', key)
              elseif kind == 'list' then out[i] = redis.call('LLEN', key)
              else out[i] = 1 end
            end
            return out
            """;

    /**
     * @param ends when it expires; {@link #NEVER}
     * @param readAt both in milliseconds since 1970, by Redis's clock
     */
    record Value(String type, long ends, JsonNode content, long readAt) {
        static final long NEVER = -1;

        boolean absent() {
            return type.equals("none");
        }

        boolean sameAs(Value other) {
            return absent() || other.absent()
                    ? absent() && other.absent() || isOverAt(other.readAt) || other.isOverAt(readAt)
                    : type.equals(other.type) && content.equals(other.content) && ends == other.ends;
        }

        /** The two sides are not read at one moment: what expired in between is missing on one of them. */
        private boolean isOverAt(long time) {
            return !absent() && ends != NEVER && ends <= time;
        }
    }

    /** How many elements each of the keys has, in their order; 0: there is no such key. */
    static List<Long> sizes(RedisKeyspace side, List<String> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        return side.read(SIZES, keys.stream().map(side.keys()::key).toList()).stream()
                .map(Long.class::cast)
                .toList();
    }

    static RedisPage read(RedisKeyspace side, List<String> keys) {
        List<String> names = new ArrayList<>(keys.size() + 1);
        names.add(side.keys().position());
        keys.forEach(key -> names.add(side.keys().key(key)));
        List<Object> reply = side.read(READ, names);
        String position = (String) reply.getFirst();
        if (position.isEmpty()) {
            throw new IllegalStateException(
                    "There is no position below " + side.keys().stem() + " any more");
        }
        long now = Long.parseLong((String) reply.get(1));
        Map<String, Value> values = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            List<?> one = (List<?>) reply.get(i + 2);
            String type = (String) one.get(0);
            List<String> content =
                    ((List<?>) one.get(2)).stream().map(String.class::cast).toList();
            values.put(keys.get(i), new Value(type, Long.parseLong((String) one.get(1)), content(type, content), now));
        }
        return new RedisPage(Long.parseLong(position), values);
    }

    /** Hashes and sets have no order of their own. */
    private static JsonNode content(String type, List<String> flat) {
        return switch (type) {
            case "string" -> JSON.valueToTree(flat.getFirst());
            case "hash", "zset" -> {
                Map<String, String> fields = new TreeMap<>();
                for (int i = 0; i < flat.size(); i += 2) {
                    fields.put(flat.get(i), flat.get(i + 1));
                }
                yield JSON.valueToTree(fields);
            }
            case "set" -> JSON.valueToTree(new TreeSet<>(flat));
            default -> JSON.valueToTree(flat);
        };
    }
}
