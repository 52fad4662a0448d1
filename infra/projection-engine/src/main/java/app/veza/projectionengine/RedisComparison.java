package app.veza.projectionengine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/**
 * Compares the keys of two editions. Redis has no snapshots, so each page of keys is read together with the served
 * position, in one script; the one filled aside is then brought to that very position before its own are read.
 */
final class RedisComparison {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Small, for a script stops Redis for everybody while it runs. */
    private static final int PAGE = 250;

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

    /**
     * @param ends when it expires; {@link #NEVER}
     * @param readAt both in milliseconds since 1970, by Redis's clock
     */
    private record Value(String type, long ends, JsonNode content, long readAt) {
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

    private record Page(long position, Map<String, Value> values) {}

    private final RedisKeyspace served;
    private final RedisKeyspace rebuilt;
    private final LongConsumer bringTo;
    private final int listed;
    private final @Nullable Slice slice;
    private final Set<String> seen = new HashSet<>();
    private final Set<String> different = new LinkedHashSet<>();
    private long reached;

    /**
     * @param bringTo brings the one that is filled aside to a position, not less than the one before, and waits for it
     * @param slice whose keys are compared; null: all
     */
    RedisComparison(
            RedisKeyspace served, RedisKeyspace rebuilt, LongConsumer bringTo, int listed, @Nullable Slice slice) {
        this.served = served;
        this.rebuilt = rebuilt;
        this.bringTo = bringTo;
        this.listed = listed;
        this.slice = slice;
    }

    /** Compares the keys, and tells how many differ. */
    int compare() {
        Set<String> mine = new TreeSet<>();
        served.scan(keys -> keys.forEach(key -> add(mine, served, key)));
        rebuilt.scan(keys -> keys.forEach(key -> add(mine, rebuilt, key)));
        look(mine);
        seen.addAll(mine);
        return different.size();
    }

    private void add(Set<String> keys, RedisKeyspace of, String key) {
        String local = key.substring(of.keys().stem().length());
        // the engine's own: position, dead letters
        if (!local.startsWith("!") && (slice == null || slice.hasRedisKey(local))) {
            keys.add(local);
        }
    }

    /** Looks again at what differed, now that both are further: what was erased meanwhile is gone from both. */
    int lookAgain() {
        Set<String> again = new TreeSet<>(different);
        different.clear();
        look(again);
        return different.size();
    }

    Verdict verdict() {
        Map<String, long[]> counts = new TreeMap<>();
        seen.forEach(key -> counts.computeIfAbsent(kind(key), k -> new long[4])[0]++);
        List<Verdict.Row> rows = new ArrayList<>();
        // read once more, so that what is shown belongs together
        pages(different, (key, was, is) -> {
            if (!was.sameAs(is)) {
                Verdict.Kind how =
                        was.absent() ? Verdict.Kind.MISSING : is.absent() ? Verdict.Kind.EXTRA : Verdict.Kind.CHANGED;
                counts.get(kind(key))[1 + how.ordinal()]++;
                if (rows.size() < listed) {
                    rows.add(row(key, how, was, is));
                }
            }
        });
        List<Verdict.Relation> relations = counts.entrySet().stream()
                .map(one -> new Verdict.Relation(
                        one.getKey(),
                        one.getValue()[0],
                        one.getValue()[1],
                        one.getValue()[2],
                        one.getValue()[3],
                        List.of(),
                        List.of(),
                        null))
                .toList();
        return new Verdict(reached, relations, rows);
    }

    /** What stands before the first colon: {@code session:1} and {@code session:2} are of one kind. */
    private static String kind(String key) {
        int colon = key.indexOf(':');
        return colon < 0 ? key : key.substring(0, colon);
    }

    private interface Compared {
        void with(String key, Value served, Value rebuilt);
    }

    private void look(Set<String> keys) {
        pages(keys, (key, was, is) -> {
            if (!was.sameAs(is)) {
                different.add(key);
            }
        });
    }

    private void pages(Set<String> keys, Compared compared) {
        List<String> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += PAGE) {
            List<String> page = all.subList(from, Math.min(all.size(), from + PAGE));
            Page one = read(served, page);
            reached = Math.max(reached, one.position());
            bringTo.accept(one.position());
            Page other = read(rebuilt, page);
            if (one.position() != other.position()) {
                throw new IllegalStateException("The served edition went back from position %d to %d: verify again"
                        .formatted(other.position(), one.position()));
            }
            page.forEach(key -> compared.with(
                    key,
                    Objects.requireNonNull(one.values().get(key)),
                    Objects.requireNonNull(other.values().get(key))));
        }
    }

    private static Page read(RedisKeyspace side, List<String> keys) {
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
        return new Page(Long.parseLong(position), values);
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

    private static Verdict.Row row(String key, Verdict.Kind how, Value was, Value is) {
        List<Verdict.Column> columns = new ArrayList<>();
        if (!was.type().equals(is.type())) {
            columns.add(Verdict.Column.of(
                    "type", shown(was, StringNode.valueOf(was.type())), shown(is, StringNode.valueOf(is.type()))));
        }
        if (was.content().isObject() && is.content().isObject()) {
            Set<String> fields = new TreeSet<>(was.content().propertyNames());
            fields.addAll(is.content().propertyNames());
            fields.stream()
                    .filter(field -> !Objects.equals(
                            was.content().get(field), is.content().get(field)))
                    .forEach(field -> columns.add(Verdict.Column.of(
                            field, was.content().get(field), is.content().get(field))));
        } else if (!was.content().equals(is.content())) {
            columns.add(Verdict.Column.of("value", shown(was, was.content()), shown(is, is.content())));
        }
        if (was.ends() != is.ends() && !was.absent() && !is.absent()) {
            columns.add(Verdict.Column.of("expires", ends(was), ends(is)));
        }
        Map<String, JsonNode> name = new LinkedHashMap<>();
        name.put("key", StringNode.valueOf(key));
        return new Verdict.Row(kind(key), how, name, columns);
    }

    private static @Nullable JsonNode ends(Value value) {
        return value.ends() == Value.NEVER
                ? null
                : StringNode.valueOf(Instant.ofEpochMilli(value.ends()).toString());
    }

    private static @Nullable JsonNode shown(Value value, JsonNode part) {
        return value.absent() ? null : part;
    }
}
