package app.veza.server.streaming;

import app.veza.stores.Redis;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** When each listening gave its last sign, in Redis and by Redis' clock, and which listening a session's is. */
final class Signs {

    /** KEYS signs, session's; ARGV listening, milliseconds that the session's key is kept. */
    private static final String BEGIN = """
            local now = redis.call('TIME')
            redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
            return redis.call('ZADD', KEYS[1], now[1] * 1000 + math.floor(now[2] / 1000), ARGV[1])
            """;

    /** KEYS signs, session's; ARGV milliseconds. The listening of the session that goes on, with a new sign; else nothing. */
    private static final String REPEAT = """
            local listening = redis.call('GET', KEYS[2])
            if not listening or not redis.call('ZSCORE', KEYS[1], listening) then return false end
            local now = redis.call('TIME')
            redis.call('ZADD', KEYS[1], now[1] * 1000 + math.floor(now[2] / 1000), listening)
            redis.call('PEXPIRE', KEYS[2], ARGV[1])
            return listening
            """;

    /** KEYS signs; ARGV listening. */
    private static final String GIVE = """
            local now = redis.call('TIME')
            return redis.call('ZADD', KEYS[1], now[1] * 1000 + math.floor(now[2] / 1000), ARGV[1])
            """;

    /** KEYS signs, session's; ARGV listening. The session may have another by now. */
    private static final String END = """
            if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
            return redis.call('ZREM', KEYS[1], ARGV[1])
            """;

    /** KEYS signs; ARGV milliseconds, at most. Those without a sign for so long: gone from here, and their last signs. */
    private static final String TAKE_SILENT = """
            local now = redis.call('TIME')
            local before = now[1] * 1000 + math.floor(now[2] / 1000) - ARGV[1]
            local silent = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', before, 'WITHSCORES', 'LIMIT', 0, ARGV[2])
            for i = 1, #silent, 2 do redis.call('ZREM', KEYS[1], silent[i]) end
            return silent
            """;

    private final Redis redis;
    private final String prefix;
    private final String signs;

    Signs(Redis redis, String keyPrefix) {
        this.redis = redis;
        this.prefix = keyPrefix + "{listening}:";
        this.signs = prefix + "signs";
    }

    /** @param lastSign by Redis' clock, milliseconds since 1970 */
    record Silent(UUID listeningId, long lastSign) {}

    /** @throws io.lettuce.core.RedisException while no sign can be given */
    void reach() {
        redis.connection().sync().ping();
    }

    void begin(UUID stream, UUID session, UUID listening, Duration keep) {
        eval(
                BEGIN,
                ScriptOutputType.INTEGER,
                new String[] {signs, ofSession(stream, session)},
                listening.toString(),
                millis(keep));
    }

    Optional<UUID> repeat(UUID stream, UUID session, Duration keep) {
        String listening =
                eval(REPEAT, ScriptOutputType.VALUE, new String[] {signs, ofSession(stream, session)}, millis(keep));
        return Optional.ofNullable(listening).map(UUID::fromString);
    }

    void give(UUID listening) {
        eval(GIVE, ScriptOutputType.INTEGER, new String[] {signs}, listening.toString());
    }

    /** The session's listening. */
    Optional<UUID> of(UUID stream, UUID session) {
        return Optional.ofNullable(redis.connection().sync().get(ofSession(stream, session)))
                .map(UUID::fromString);
    }

    /** Neither has it a sign any more, nor the session it. */
    void end(UUID stream, UUID session, UUID listening) {
        eval(END, ScriptOutputType.INTEGER, new String[] {signs, ofSession(stream, session)}, listening.toString());
    }

    /** Each is told to one node only, who then has to see to it; should that fail they are among those {@link #missing}. */
    List<Silent> takeSilent(Duration silence, int atMost) {
        List<String> found = eval(
                TAKE_SILENT, ScriptOutputType.MULTI, new String[] {signs}, millis(silence), Integer.toString(atMost));
        return IntStream.range(0, found.size() / 2)
                .mapToObj(i ->
                        new Silent(UUID.fromString(found.get(2 * i)), (long) Double.parseDouble(found.get(2 * i + 1))))
                .toList();
    }

    /** Those of the listenings of which nothing is known here. */
    List<UUID> missing(List<UUID> listenings) {
        List<Double> scores = redis.connection()
                .sync()
                .zmscore(signs, listenings.stream().map(UUID::toString).toArray(String[]::new));
        return IntStream.range(0, listenings.size())
                .filter(i -> scores.get(i) == null)
                .mapToObj(listenings::get)
                .toList();
    }

    /** Whether this node is the one that sees to what is missing or over, for a while. */
    boolean isFirst(String work, Duration forSoLong) {
        return redis.connection()
                        .sync()
                        .set(prefix + work, "", SetArgs.Builder.nx().px(forSoLong))
                != null;
    }

    private String ofSession(UUID stream, UUID session) {
        return prefix + stream + ":" + session;
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }

    private <T> T eval(String script, ScriptOutputType output, String[] keys, String... arguments) {
        return redis.connection().sync().eval(script, output, keys, arguments);
    }
}
