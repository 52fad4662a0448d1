package app.veza.bench.limits;

import app.veza.bench.CpuClock;
import app.veza.bench.Figures;
import app.veza.embedded.RedisServer;
import app.veza.embedded.RedisServerOptions;
import app.veza.stores.Quota;
import app.veza.stores.RateLimiter;
import app.veza.stores.RateLimiter.Charge;
import app.veza.stores.Redis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;
import org.HdrHistogram.Histogram;

/** A request's question, for its person and its address, asked of a Redis of its own: by the platform's script and by Bucket4j. */
public final class RateLimitFigures {

    /** Both wide enough that nobody is refused: refusing writes nothing and would be cheaper. */
    private static final Quota PERSON = new Quota(100_000_000, Duration.ofMinutes(10));

    private static final Quota ADDRESS = new Quota(100_000_000, Duration.ofMinutes(5));
    private static final int PEOPLE = 10_000;
    private static final List<Integer> CALLERS = List.of(1, 64);

    private final RedisServer server;
    private final Duration time;
    private final Figures figures;

    private RateLimitFigures(RedisServer server, Duration time, Figures figures) {
        this.server = server;
        this.time = time;
        this.figures = figures;
    }

    /** @param time of each load */
    public static void measure(Duration time, Figures figures) throws InterruptedException, ExecutionException {
        try (RedisServer server = RedisServer.start(RedisServerOptions.temporary());
                Redis redis = Redis.open(server.url(), Duration.ofSeconds(1), new SimpleMeterRegistry());
                BucketLimits buckets = new BucketLimits(redis, PERSON, ADDRESS)) {
            RateLimiter limiter = new RateLimiter(redis);
            var run = new RateLimitFigures(server, time, figures);
            for (int callers : CALLERS) {
                run.figure(
                        "one script",
                        callers,
                        person -> limiter.take(charges(person)).stream().allMatch(RateLimiter.Standing::isAllowed));
                run.figure("Bucket4j", callers, buckets::take);
            }
        }
    }

    private static List<Charge> charges(int person) {
        return List.of(new Charge("person:" + person, PERSON), new Charge("address:" + person / 10, ADDRESS));
    }

    private void figure(String how, int callers, IntPredicate take) throws InterruptedException, ExecutionException {
        load(callers, time.dividedBy(2), take);
        CpuClock clock = new CpuClock(server.pid());
        CpuClock.Reading before = clock.read();
        long start = System.nanoTime();
        Histogram nanos = load(callers, time, take);
        double seconds = (System.nanoTime() - start) / 1e9;
        CpuClock.Reading spent = clock.read().since(before);
        figures.add(
                "rate limit of a person and an address, %s, %d at once".formatted(how, callers),
                "-",
                "p50 %,.0f us, p99 %,.0f us, %,.0f/s; CPU %.0f + %.0f us",
                nanos.getValueAtPercentile(50) / 1e3,
                nanos.getValueAtPercentile(99) / 1e3,
                nanos.getTotalCount() / seconds,
                spent.client() / 1e3 / nanos.getTotalCount(),
                spent.server() / 1e3 / nanos.getTotalCount());
    }

    private static Histogram load(int callers, Duration time, IntPredicate take)
            throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + time.toNanos();
        Callable<Histogram> caller = () -> {
            var nanos = new Histogram(60_000_000_000L, 3);
            while (System.nanoTime() < end) {
                int person = ThreadLocalRandom.current().nextInt(PEOPLE);
                long start = System.nanoTime();
                if (!take.test(person)) {
                    throw new IllegalStateException("Nobody is to be refused here");
                }
                nanos.recordValue(System.nanoTime() - start);
            }
            return nanos;
        };
        var all = new Histogram(60_000_000_000L, 3);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Histogram>> loads = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                loads.add(caller);
            }
            for (Future<Histogram> done : threads.invokeAll(loads)) {
                all.add(done.get());
            }
        }
        return all;
    }
}
