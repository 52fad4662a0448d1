package app.veza.server.presence;

import app.veza.stores.Redis;
import io.lettuce.core.KeyValue;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Who is where, in Redis: the nodes with the time of their last heartbeat, the people at each, and when somebody was last seen. All
 * methods throw {@link io.lettuce.core.RedisException} while Redis is away; each can be repeated.
 */
final class PresenceStore {

    private static final Duration SEEN_FOR = Duration.ofDays(90);
    private static final int CHUNK = 500;

    /** By the clock of Redis, the one that all nodes share. */
    private static final String BEAT = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local before = redis.call('ZSCORE', KEYS[1], ARGV[1])
            redis.call('ZADD', KEYS[1], now, ARGV[1])
            local answer = {before and '1' or '0', string.format('%.0f', now)}
            local nodes = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
            for i = 1, #nodes, 2 do
                answer[#answer + 1] = nodes[i]
                answer[#answer + 1] = nodes[i + 1]
                answer[#answer + 1] = redis.call('HGET', KEYS[2], nodes[i]) or '0'
            end
            return answer
            """;

    /** Never back in time: who is found dead late was seen elsewhere since, maybe. */
    private static final String SEEN = """
            for i, key in ipairs(KEYS) do
                local before = redis.call('GET', key)
                if not before or tonumber(before) < tonumber(ARGV[i + 1]) then
                    redis.call('SET', key, ARGV[i + 1], 'EX', ARGV[1])
                end
            end
            """;

    private final Redis redis;
    private final String prefix;

    PresenceStore(Redis redis, String keyPrefix) {
        this.redis = redis;
        this.prefix = keyPrefix + "presence:";
    }

    /**
     * What a heartbeat finds.
     *
     * @param wasKnown false at the first one, and when Redis lost what it had
     * @param now by the clock of Redis
     * @param nodes all of them, this one too
     */
    record Beat(boolean wasKnown, Instant now, Map<String, Found> nodes) {}

    /** @param version up to which what is stored of a node goes at least */
    record Found(Instant lastBeat, long version) {}

    Beat beat(String node) {
        List<String> found = redis().eval(BEAT, ScriptOutputType.MULTI, new String[] {nodes(), versions()}, node);
        Map<String, Found> nodes = new HashMap<>();
        for (int i = 2; i < found.size(); i += 3) {
            nodes.put(
                    found.get(i),
                    new Found(
                            Instant.ofEpochMilli((long) Double.parseDouble(found.get(i + 1))),
                            Long.parseLong(found.get(i + 2))));
        }
        return new Beat(found.get(0).equals("1"), Instant.ofEpochMilli(Long.parseLong(found.get(1))), nodes);
    }

    void came(String node, Collection<UUID> people) {
        inChunks(people, chunk -> redis().sadd(people(node), texts(chunk)));
    }

    /** @param seen those of them of whom it is kept when they were last seen */
    void went(String node, Collection<UUID> people, Map<UUID, Instant> seen) {
        seen(seen);
        inChunks(people, chunk -> redis().srem(people(node), texts(chunk)));
    }

    /** Everything up to the version is stored. */
    void version(String node, long version) {
        redis().hset(versions(), node, Long.toString(version));
    }

    /** These and nobody else are there. */
    void are(String node, Set<UUID> people) {
        Set<UUID> gone = at(node);
        gone.removeAll(people);
        inChunks(gone, chunk -> redis().srem(people(node), texts(chunk)));
        came(node, people);
    }

    Set<UUID> at(String node) {
        Set<UUID> people = new HashSet<>();
        redis().smembers(people(node)).forEach(id -> people.add(UUID.fromString(id)));
        return people;
    }

    /**
     * The node is no more: its people were last seen when it was.
     *
     * @param kept those of them of whom that is kept
     */
    void bury(String node, Instant lastBeat, UnaryOperator<Map<UUID, Instant>> kept) {
        Map<UUID, Instant> people = new HashMap<>();
        at(node).forEach(person -> people.put(person, lastBeat));
        seen(kept.apply(people));
        redis().del(people(node));
        redis().hdel(versions(), node);
        redis().zrem(nodes(), node);
    }

    /** Of those who were ever seen. */
    Map<UUID, Instant> lastSeen(Collection<UUID> people) {
        Map<UUID, Instant> seen = new HashMap<>();
        inChunks(people, chunk -> {
            List<KeyValue<String, String>> values =
                    redis().mget(chunk.stream().map(this::seen).toArray(String[]::new));
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i).hasValue()) {
                    seen.put(
                            chunk.get(i),
                            Instant.ofEpochMilli(Long.parseLong(values.get(i).getValue())));
                }
            }
        });
        return seen;
    }

    void forget(UUID person) {
        redis().del(seen(person));
    }

    private void seen(Map<UUID, Instant> people) {
        inChunks(people.keySet(), chunk -> {
            List<String> values = new ArrayList<>(chunk.size() + 1);
            values.add(Long.toString(SEEN_FOR.toSeconds()));
            chunk.forEach(person -> values.add(Long.toString(people.get(person).toEpochMilli())));
            redis().eval(
                            SEEN,
                            ScriptOutputType.STATUS,
                            chunk.stream().map(this::seen).toArray(String[]::new),
                            values.toArray(String[]::new));
        });
    }

    private static void inChunks(Collection<UUID> people, Consumer<List<UUID>> work) {
        List<UUID> all = List.copyOf(people);
        for (int from = 0; from < all.size(); from += CHUNK) {
            work.accept(all.subList(from, Math.min(all.size(), from + CHUNK)));
        }
    }

    private static String[] texts(List<UUID> people) {
        return people.stream().map(UUID::toString).toArray(String[]::new);
    }

    private RedisCommands<String, String> redis() {
        return redis.connection().sync();
    }

    private String nodes() {
        return prefix + "nodes";
    }

    private String versions() {
        return prefix + "versions";
    }

    private String people(String node) {
        return prefix + "at:" + node;
    }

    private String seen(UUID person) {
        return prefix + "seen:" + person;
    }
}
