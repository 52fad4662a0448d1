package app.veza.projectionengine;

import app.veza.projectionengine.RedisPage.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Compares the keys of two editions. Redis has no snapshots, so each page of keys is read together with the served
 * position, in one script; the one filled aside is then brought to that very position before its own are read.
 */
final class RedisComparison {
    /** Keys that one script reads at most, and about how many elements of them: while a script runs, Redis does nothing else. */
    private static final int PAGE = 250;

    private static final int ELEMENTS = 2_000;

    /** So many keys that differ are looked at again; of a read model of which more do, the others are only counted. */
    private static final int LOOKED_AT_AGAIN = 10_000;

    private final RedisKeyspace served;
    private final RedisKeyspace rebuilt;
    private final LongConsumer bringTo;
    private final int listed;
    private final @Nullable Slice slice;
    /** Of each kind of keys: how many were looked at, and of those that are not looked at again how many differ in which way. */
    private final Map<String, long[]> counts = new TreeMap<>();

    private final Set<String> different = new LinkedHashSet<>();
    private int onlyCounted;
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
        scan(served, this::compare);
        scan(rebuilt, keys -> compare(absent(served, keys)));
        return differences();
    }

    /** Hands over the keys of one side that are compared, so many at a time that however many there are few are held. */
    private void scan(RedisKeyspace side, Consumer<List<String>> compare) {
        // one may be found twice
        Set<String> held = new LinkedHashSet<>();
        side.scan(found -> {
            found.stream()
                    .map(key -> key.substring(side.keys().stem().length()))
                    .filter(this::isCompared)
                    .forEach(held::add);
            if (held.size() >= PAGE) {
                compare.accept(List.copyOf(held));
                held.clear();
            }
        });
        compare.accept(List.copyOf(held));
    }

    private boolean isCompared(String local) {
        // the engine's own: position, dead letters
        return !local.startsWith("!") && (slice == null || slice.hasRedisKey(local));
    }

    private static List<String> absent(RedisKeyspace side, List<String> keys) {
        List<Long> sizes = RedisPage.sizes(side, keys);
        return IntStream.range(0, keys.size())
                .filter(i -> sizes.get(i) == 0)
                .mapToObj(keys::get)
                .toList();
    }

    private void compare(List<String> keys) {
        pages(keys, (key, was, is) -> {
            count(key, 0);
            if (!was.sameAs(is)) {
                if (different.size() < LOOKED_AT_AGAIN) {
                    different.add(key);
                } else {
                    count(key, 1 + how(was, is).ordinal());
                    onlyCounted++;
                }
            }
        });
    }

    private void count(String key, int which) {
        counts.computeIfAbsent(kind(key), any -> new long[1 + Verdict.Kind.values().length])[which]++;
    }

    private static Verdict.Kind how(Value was, Value is) {
        return was.absent() ? Verdict.Kind.MISSING : is.absent() ? Verdict.Kind.EXTRA : Verdict.Kind.CHANGED;
    }

    private int differences() {
        return different.size() + onlyCounted;
    }

    /** Looks again at what differed, now that both are further: what was erased meanwhile is gone from both. */
    int lookAgain() {
        List<String> again = List.copyOf(different);
        different.clear();
        pages(again, (key, was, is) -> {
            if (!was.sameAs(is)) {
                different.add(key);
            }
        });
        return differences();
    }

    Verdict verdict() {
        List<Verdict.Row> rows = new ArrayList<>();
        // read once more, so that what is shown belongs together
        pages(List.copyOf(different), (key, was, is) -> {
            if (!was.sameAs(is)) {
                Verdict.Kind how = how(was, is);
                count(key, 1 + how.ordinal());
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

    private void pages(List<String> keys, Compared compared) {
        for (int from = 0; from < keys.size(); from += PAGE) {
            List<String> some = keys.subList(from, Math.min(keys.size(), from + PAGE));
            List<Long> ofServed = RedisPage.sizes(served, some);
            List<Long> ofRebuilt = RedisPage.sizes(rebuilt, some);
            int begin = 0;
            long elements = 0;
            for (int i = 0; i < some.size(); i++) {
                long size = Math.max(ofServed.get(i), ofRebuilt.get(i));
                if (i > begin && elements + size > ELEMENTS) {
                    page(some.subList(begin, i), compared);
                    begin = i;
                    elements = 0;
                }
                elements += size;
            }
            page(some.subList(begin, some.size()), compared);
        }
    }

    private void page(List<String> keys, Compared compared) {
        RedisPage one = RedisPage.read(served, keys);
        reached = Math.max(reached, one.position());
        bringTo.accept(one.position());
        RedisPage other = RedisPage.read(rebuilt, keys);
        if (one.position() != other.position()) {
            throw new IllegalStateException("The served edition went back from position %d to %d: verify again"
                    .formatted(other.position(), one.position()));
        }
        keys.forEach(key -> compared.with(
                key,
                Objects.requireNonNull(one.values().get(key)),
                Objects.requireNonNull(other.values().get(key))));
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
