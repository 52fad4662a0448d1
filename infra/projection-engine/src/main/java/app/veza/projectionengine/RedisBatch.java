package app.veza.projectionengine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Operations on keys of one projection, run in order and all together with the position. Keys are local: {@code
 * session:1} becomes {@link RedisKeys#key}. A TTL counts from when the operation runs; what must expire at an instant of
 * the history takes {@link #expireAt}.
 */
public final class RedisBatch {
    /** Lua's unpack takes some 8,000 values; a longer operation is sent as several of the same kind. */
    private static final int MAX_VALUES = 2_000;

    private final RedisKeys keys;
    private final boolean expiring;
    /** Operations that take many values at once: one after another on the same key become one. */
    private static final Set<String> VARIADIC = Set.of("ZADD", "ZREM", "HSET", "HDEL", "SADD", "SREM", "LPUSH");

    private static final List<String> RAISING = List.of("XX", "GT");

    private final List<String> arguments = new ArrayList<>();
    private int operations;

    private static final int NONE = -1;

    /** Where the last operation begins in {@link #arguments}; {@link #NONE} when nothing may continue it. */
    private int last = NONE;

    /** Those of the last operation: they are for all of its values. */
    private List<String> lastFlags = List.of();

    RedisBatch(RedisKeys keys) {
        this(keys, true);
    }

    /** @param expiring keys go when their time is over; else they stay */
    RedisBatch(RedisKeys keys, boolean expiring) {
        this.keys = keys;
        this.expiring = expiring;
    }

    public RedisBatch set(String key, String value) {
        return add("SET", key, value);
    }

    public RedisBatch set(String key, String value, Duration ttl) {
        return expiring ? add("SET", key, value, "PX", millis(ttl)) : set(key, value);
    }

    public RedisBatch del(String key) {
        return add("DEL", key);
    }

    public RedisBatch expire(String key, Duration ttl) {
        return expiring ? add("PEXPIRE", key, millis(ttl)) : this;
    }

    public RedisBatch expireAt(String key, java.time.Instant at) {
        return expiring ? add("PEXPIREAT", key, Long.toString(at.toEpochMilli())) : this;
    }

    public RedisBatch incrBy(String key, long amount) {
        return add("INCRBY", key, Long.toString(amount));
    }

    public RedisBatch hset(String key, String field, String value) {
        return add("HSET", key, field, value);
    }

    public RedisBatch hset(String key, Map<String, String> fields) {
        List<String> flat = new ArrayList<>(fields.size() * 2);
        fields.forEach((field, value) -> {
            flat.add(field);
            flat.add(value);
        });
        return addAll("HSET", key, flat);
    }

    public RedisBatch hdel(String key, String... fields) {
        return addAll("HDEL", key, List.of(fields));
    }

    public RedisBatch hincrBy(String key, String field, long amount) {
        return add("HINCRBY", key, field, Long.toString(amount));
    }

    public RedisBatch sadd(String key, Collection<String> members) {
        return addAll("SADD", key, members);
    }

    public RedisBatch sadd(String key, String member) {
        return add("SADD", key, member);
    }

    public RedisBatch srem(String key, Collection<String> members) {
        return addAll("SREM", key, members);
    }

    public RedisBatch srem(String key, String member) {
        return add("SREM", key, member);
    }

    public RedisBatch zadd(String key, double score, String member) {
        return add("ZADD", key, score(score), member);
    }

    /** Raises the score of a member that is there; never lowers it. */
    public RedisBatch zraise(String key, double score, String member) {
        return add("ZADD", key, RAISING, List.of(score(score), member));
    }

    public RedisBatch zincrBy(String key, double amount, String member) {
        return add("ZINCRBY", key, score(amount), member);
    }

    public RedisBatch zrem(String key, String... members) {
        return addAll("ZREM", key, List.of(members));
    }

    /** Ranks count from the lowest score; negative ones from the highest. */
    public RedisBatch zremRangeByRank(String key, long start, long stop) {
        return add("ZREMRANGEBYRANK", key, Long.toString(start), Long.toString(stop));
    }

    public RedisBatch zremRangeByScore(String key, double min, double max) {
        return add("ZREMRANGEBYSCORE", key, score(min), score(max));
    }

    /** Values become the list's first, the last of them the very first. */
    public RedisBatch lpush(String key, Collection<String> values) {
        return addAll("LPUSH", key, values);
    }

    public RedisBatch ltrim(String key, long start, long stop) {
        return add("LTRIM", key, Long.toString(start), Long.toString(stop));
    }

    /** Keeps the newest {@code length} values of a list that is pushed to on the left. */
    public RedisBatch lpushTrimmed(String key, String value, int length) {
        return add("LPUSH", key, value).ltrim(key, 0, length - 1L);
    }

    public RedisKeys keys() {
        return keys;
    }

    int operations() {
        return operations;
    }

    /** Flat: for each operation the number of its words, then the words. */
    List<String> arguments() {
        return arguments;
    }

    private RedisBatch add(String command, String key, String... values) {
        return add(command, key, List.of(values));
    }

    private RedisBatch addAll(String command, String key, Collection<String> values) {
        List<String> all = List.copyOf(values);
        for (int from = 0; from < all.size(); from += MAX_VALUES) {
            add(command, key, all.subList(from, Math.min(all.size(), from + MAX_VALUES)));
        }
        return this;
    }

    private RedisBatch add(String command, String key, List<String> values) {
        return add(command, key, List.of(), values);
    }

    private RedisBatch add(String command, String key, List<String> flags, List<String> values) {
        String fullKey = keys.key(key);
        if (last != NONE && continues(command, fullKey, flags, values.size())) {
            arguments.addAll(values);
            arguments.set(last, Integer.toString(arguments.size() - last - 1));
            return this;
        }
        last = arguments.size();
        lastFlags = flags;
        arguments.add(Integer.toString(2 + flags.size() + values.size()));
        arguments.add(command);
        arguments.add(fullKey);
        arguments.addAll(flags);
        arguments.addAll(values);
        operations++;
        return this;
    }

    private boolean continues(String command, String key, List<String> flags, int values) {
        return VARIADIC.contains(command)
                && command.equals(arguments.get(last + 1))
                && key.equals(arguments.get(last + 2))
                && flags.equals(lastFlags)
                && arguments.size() - last + values <= MAX_VALUES;
    }

    private static String millis(Duration ttl) {
        if (ttl.toMillis() <= 0) {
            throw new IllegalArgumentException("A time to live must be positive, not " + ttl);
        }
        return Long.toString(ttl.toMillis());
    }

    /** Whole numbers without an exponent, so that what a person reads in Redis is what was written. */
    private static String score(double score) {
        return score == Math.rint(score) && Math.abs(score) < 1e15
                ? Long.toString((long) score)
                : Double.toString(score);
    }
}
