package app.veza.stores;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits that all who share a Redis keep together: one script a request, however many limits it touches. While Redis is away or
 * hangs, each process keeps the same limits alone, so nothing is ever open without bound and nobody is refused for it.
 */
public final class RateLimiter {

    private static final Logger log = LoggerFactory.getLogger(RateLimiter.class);
    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final String SCRIPT = script();

    private final Redis redis;
    private final Duration patience;
    private final LocalLimits alone = new LocalLimits();
    private final String digest;

    /** Nanoseconds of when Redis may be asked again; 0: it answers. */
    private final AtomicLong away = new AtomicLong();

    public RateLimiter(Redis redis) {
        this(redis, PATIENCE);
    }

    /** @param patience after which Redis counts as away */
    RateLimiter(Redis redis, Duration patience) {
        this.redis = redis;
        this.patience = patience;
        this.digest = LuaDigest.of(SCRIPT);
    }

    /**
     * So much of what the quota of this key counts.
     *
     * @param amount more than the quota allows at once takes all of it
     */
    public record Charge(String key, Quota quota, long amount) {

        public Charge {
            if (amount < 1) {
                throw new IllegalArgumentException("A charge takes at least one");
            }
            amount = Math.min(amount, quota.amount());
        }

        /** One of it. */
        public Charge(String key, Quota quota) {
            this(key, quota, 1);
        }

        long costMicros() {
            return quota.costMicros(amount);
        }
    }

    /**
     * Where a charge's key stands.
     *
     * @param remaining that may come at once from now on
     * @param untilFull after which the whole quota is back
     * @param retryAfter after which as much is allowed; zero: this was
     */
    public record Standing(Charge charge, long remaining, Duration untilFull, Duration retryAfter) {

        public boolean isAllowed() {
            return retryAfter.isZero();
        }
    }

    /** Takes all of them, or none when any has too little left. Answers in the order of the charges; never fails. */
    public List<Standing> take(List<Charge> charges) {
        if (mayAskRedis()) {
            try {
                List<Standing> standings = together(charges);
                if (away.getAndSet(0) != 0) {
                    log.info("Rate limits are kept by all nodes together again");
                }
                return standings;
            } catch (RedisException failure) {
                if (away.getAndSet(retryAt()) == 0) {
                    log.warn("Redis does not answer ({}): this node keeps rate limits alone", failure.getMessage());
                }
            }
        }
        return alone.take(charges);
    }

    /** While it is away one request a second finds out, and the others do not wait for it. */
    private boolean mayAskRedis() {
        long at = away.get();
        return at == 0 || (System.nanoTime() - at > 0 && away.compareAndSet(at, retryAt()));
    }

    private static long retryAt() {
        long at = System.nanoTime() + RETRY.toNanos();
        return at == 0 ? 1 : at;
    }

    private List<Standing> together(List<Charge> charges) {
        String[] keys = charges.stream().map(Charge::key).toArray(String[]::new);
        String[] quotas = charges.stream()
                .flatMap(charge ->
                        List.of(
                                Long.toString(charge.costMicros()),
                                Long.toString(charge.quota().worthMicros()))
                                .stream())
                .toArray(String[]::new);
        List<Long> answer;
        try {
            answer = ask(keys, quotas, false);
        } catch (RedisNoScriptException unknown) {
            answer = ask(keys, quotas, true);
        }
        List<Standing> standings = new ArrayList<>(charges.size());
        for (int i = 0; i < charges.size(); i++) {
            standings.add(standing(charges.get(i), answer.get(2 * i), answer.get(2 * i + 1)));
        }
        return standings;
    }

    private List<Long> ask(String[] keys, String[] quotas, boolean whole) {
        var commands = redis.connection().async();
        var asked = whole
                ? commands.<List<Long>>eval(SCRIPT, ScriptOutputType.MULTI, keys, quotas)
                : commands.<List<Long>>evalsha(digest, ScriptOutputType.MULTI, keys, quotas);
        return LettuceFutures.awaitOrCancel(asked, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * @param owed microseconds until the whole quota is back
     * @param wait microseconds until as much is allowed
     */
    static Standing standing(Charge charge, long owed, long wait) {
        Quota quota = charge.quota();
        return new Standing(
                charge,
                Math.max(0, quota.amountOf(quota.worthMicros() - owed)),
                Duration.ofNanos(owed * 1000),
                Duration.ofNanos(wait * 1000));
    }

    private static String script() {
        try (InputStream text = RateLimiter.class.getResourceAsStream("rate-limits.lua")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
