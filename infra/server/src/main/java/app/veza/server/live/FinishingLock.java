package app.veza.server.live;

import app.veza.stores.Redis;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One at a time finishes a stream, of all nodes: who has this, for as long as that takes. Of one that died it is over by itself. */
final class FinishingLock implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FinishingLock.class);
    private static final int RENEWED_IN_A_LIFE = 5;

    /** KEYS lock; ARGV whose, milliseconds. Where Redis lost it, it is taken again. */
    private static final String RENEW = """
            local holder = redis.call('GET', KEYS[1])
            if holder and holder ~= ARGV[1] then return 0 end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return 1
            """;

    /** KEYS lock; ARGV whose. */
    private static final String RELEASE = """
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0
            """;

    private final Redis redis;
    private final String key;
    private final Duration life;
    private final String holder;
    private final Thread renewing;

    private FinishingLock(Redis redis, String key, Duration life, String holder) {
        this.redis = redis;
        this.key = key;
        this.life = life;
        this.holder = holder;
        this.renewing = Thread.ofVirtual().name("live-finishing-lock").start(this::renew);
    }

    /**
     * @param life how long it outlives its holder
     * @return empty while another has it
     * @throws RedisException when it cannot be asked for
     */
    static Optional<FinishingLock> take(Redis redis, String key, Duration life) {
        String holder = UUID.randomUUID().toString();
        boolean isFree =
                redis.connection().sync().set(key, holder, SetArgs.Builder.nx().px(life)) != null;
        return isFree ? Optional.of(new FinishingLock(redis, key, life, holder)) : Optional.empty();
    }

    private void renew() {
        try {
            while (true) {
                Thread.sleep(life.dividedBy(RENEWED_IN_A_LIFE));
                renewOnce();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void renewOnce() {
        try {
            eval(RENEW, holder, Long.toString(life.toMillis()));
        } catch (RedisException away) {
            log.warn("{} is not renewed this time: {}", key, away.getMessage());
        }
    }

    @Override
    public void close() {
        renewing.interrupt();
        try {
            renewing.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        eval(RELEASE, holder);
    }

    private void eval(String script, String... arguments) {
        redis.connection().sync().eval(script, ScriptOutputType.INTEGER, new String[] {key}, arguments);
    }
}
