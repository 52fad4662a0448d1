package app.veza.server.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Asks every part at the same time, each within a bound, so that one that hangs cannot hide the others. Anybody may ask, as often as they
 * like: a part is looked at once at a time, and not again for a moment. What failed in others' words names hosts and ports, and goes to
 * the node's log alone.
 */
@Component
public final class PlatformHealth {

    private static final Logger log = LoggerFactory.getLogger(PlatformHealth.class);
    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final String UNTOLD = "does not do its work: the node's log says why";
    static final Duration FRESH = Duration.ofMillis(500);

    private final List<HealthCheck> checks;
    private final LongSupplier nanoTime;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Look> looks = new ConcurrentHashMap<>();
    private final Map<String, String> troubles = new ConcurrentHashMap<>();

    @Autowired
    PlatformHealth(List<HealthCheck> checks) {
        this(checks, System::nanoTime);
    }

    PlatformHealth(List<HealthCheck> checks, LongSupplier nanoTime) {
        this.checks = List.copyOf(checks);
        this.nanoTime = nanoTime;
    }

    /** @param startedAt by the clock of this process, ns */
    private record Look(Future<PartHealth> found, long startedAt) {}

    Map<String, PartHealth> look() throws InterruptedException {
        return look(part -> true);
    }

    /** Of the parts of these names only. */
    public Map<String, PartHealth> look(Predicate<String> parts) throws InterruptedException {
        Map<String, Look> running = new TreeMap<>();
        for (HealthCheck check : checks) {
            if (parts.test(check.part())) {
                running.put(check.part(), looks.compute(check.part(), (part, last) -> after(check, last)));
            }
        }
        Map<String, PartHealth> found = new TreeMap<>();
        for (Map.Entry<String, Look> part : running.entrySet()) {
            found.put(part.getKey(), await(part.getValue()));
        }
        return found;
    }

    private Look after(HealthCheck check, Look last) {
        long now = nanoTime.getAsLong();
        return last != null && (!last.found().isDone() || now - last.startedAt() < FRESH.toNanos())
                ? last
                : new Look(threads.submit(() -> look(check)), now);
    }

    private PartHealth look(HealthCheck check) {
        long start = System.nanoTime();
        try {
            Map<String, Object> details = check.check();
            troubles.remove(check.part());
            return new PartHealth(PartHealth.Status.UP, millisSince(start), null, details);
        } catch (DegradedException attention) {
            return new PartHealth(
                    PartHealth.Status.DEGRADED, millisSince(start), attention.getMessage(), attention.details());
        } catch (DownException failure) {
            return new PartHealth(PartHealth.Status.DOWN, millisSince(start), failure.getMessage(), failure.details());
        } catch (Exception failure) {
            if (!failure.toString().equals(troubles.put(check.part(), failure.toString()))) {
                log.warn("{} does not do its work", check.part(), failure);
            }
            return down(millisSince(start), UNTOLD);
        }
    }

    private PartHealth await(Look look) throws InterruptedException {
        try {
            long left = look.startedAt() + BOUND.toNanos() - nanoTime.getAsLong();
            return look.found().get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | CancellationException slow) {
            // Whoever comes next looks anew
            look.found().cancel(true);
            return down(BOUND.toMillis(), "no answer within " + BOUND.toMillis() + " ms");
        } catch (ExecutionException failure) {
            log.error("A part could not be looked at", failure.getCause());
            return down(0, UNTOLD);
        }
    }

    private static PartHealth down(double latencyMillis, String error) {
        return new PartHealth(PartHealth.Status.DOWN, latencyMillis, error, Map.of());
    }

    private static double millisSince(long start) {
        return Math.round((System.nanoTime() - start) / 1e4) / 100.0;
    }
}
