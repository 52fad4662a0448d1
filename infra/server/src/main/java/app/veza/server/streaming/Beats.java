package app.veza.server.streaming;

import app.veza.stores.Redis;
import io.lettuce.core.ScriptOutputType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Which streams take audio now, in Redis: when each last did, by Redis' clock, and who takes it. A beat of somebody whose stream
 * another took over changes nothing, and says so. Where Redis lost everything, the next beat puts it back.
 */
final class Beats {

    /** KEYS times, takers; ARGV stream, taker. The former taker is put out. */
    private static final String TAKE = """
            local now = redis.call('TIME')
            redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
            redis.call('ZADD', KEYS[1], now[1] * 1000 + math.floor(now[2] / 1000), ARGV[1])
            return 1
            """;

    /** KEYS times, takers; ARGV stream, taker, stream, taker... The streams that are another's. */
    private static final String BEAT = """
            local now = redis.call('TIME')
            local millis = now[1] * 1000 + math.floor(now[2] / 1000)
            local lost = {}
            for i = 1, #ARGV, 2 do
              local taker = redis.call('HGET', KEYS[2], ARGV[i])
              if taker and taker ~= ARGV[i + 1] then
                lost[#lost + 1] = ARGV[i]
              else
                if not taker then redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
                redis.call('ZADD', KEYS[1], millis, ARGV[i])
              end
            end
            return lost
            """;

    /** KEYS times, takers; ARGV stream, taker. When it last took audio stays known. */
    private static final String LEAVE = """
            if redis.call('HGET', KEYS[2], ARGV[1]) == ARGV[2] then
              redis.call('HDEL', KEYS[2], ARGV[1])
            end
            return 1
            """;

    /** KEYS times; the time, then each stream and its time. */
    private static final String LOOK = """
            local now = redis.call('TIME')
            local all = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
            table.insert(all, 1, string.format('%.0f', now[1] * 1000 + math.floor(now[2] / 1000)))
            return all
            """;

    private final Redis redis;
    private final String[] keys;

    /** @param keyPrefix of the platform */
    Beats(Redis redis, String keyPrefix) {
        this.redis = redis;
        this.keys = new String[] {keyPrefix + "{on-air}:times", keyPrefix + "{on-air}:takers"};
    }

    /**
     * @param now by Redis' clock, milliseconds
     * @param last beat of each stream, by the same clock
     */
    record Look(long now, Map<UUID, Long> last) {}

    void take(UUID stream, String taker) {
        run(TAKE, ScriptOutputType.INTEGER, stream.toString(), taker);
    }

    /** Those of the streams that another took over. */
    Set<UUID> beat(Map<UUID, String> takers) {
        String[] arguments = takers.entrySet().stream()
                .flatMap(taken -> List.of(taken.getKey().toString(), taken.getValue()).stream())
                .toArray(String[]::new);
        List<String> lost = run(BEAT, ScriptOutputType.MULTI, arguments);
        var streams = new HashSet<UUID>();
        lost.forEach(stream -> streams.add(UUID.fromString(stream)));
        return streams;
    }

    void leave(UUID stream, String taker) {
        run(LEAVE, ScriptOutputType.INTEGER, stream.toString(), taker);
    }

    /** Who takes each of the streams, which are some; without those that nobody takes. */
    Map<UUID, String> takers(List<UUID> streams) {
        var takers = new HashMap<UUID, String>();
        redis.connection()
                .sync()
                .hmget(keys[1], streams.stream().map(UUID::toString).toArray(String[]::new))
                .forEach(taker -> taker.ifHasValue(token -> takers.put(UUID.fromString(taker.getKey()), token)));
        return takers;
    }

    Look look() {
        List<String> answer = run(LOOK, ScriptOutputType.MULTI);
        var last = new HashMap<UUID, Long>();
        for (int i = 1; i < answer.size(); i += 2) {
            last.put(UUID.fromString(answer.get(i)), (long) Double.parseDouble(answer.get(i + 1)));
        }
        return new Look(Long.parseLong(answer.getFirst()), last);
    }

    /** Of a stream that has ended. */
    void forget(UUID stream) {
        redis.connection().sync().zrem(keys[0], stream.toString());
        redis.connection().sync().hdel(keys[1], stream.toString());
    }

    private <T> T run(String script, ScriptOutputType output, String... arguments) {
        return redis.connection().sync().eval(script, output, keys, arguments);
    }
}
