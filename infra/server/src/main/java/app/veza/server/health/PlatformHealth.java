package app.veza.server.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Asks every part at the same time, each within a bound, so that one that hangs cannot hide the others. */
@Component
public final class PlatformHealth {

    private static final Duration BOUND = Duration.ofSeconds(2);

    private final List<HealthCheck> checks;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    PlatformHealth(List<HealthCheck> checks) {
        this.checks = List.copyOf(checks);
    }

    Map<String, PartHealth> look() throws InterruptedException {
        return look(part -> true);
    }

    /** Of the parts of these names only. */
    public Map<String, PartHealth> look(Predicate<String> parts) throws InterruptedException {
        Map<String, Future<PartHealth>> running = new TreeMap<>();
        for (HealthCheck check : checks) {
            if (parts.test(check.part())) {
                running.put(check.part(), threads.submit(() -> look(check)));
            }
        }
        long deadline = System.nanoTime() + BOUND.toNanos();
        Map<String, PartHealth> found = new TreeMap<>();
        for (Map.Entry<String, Future<PartHealth>> part : running.entrySet()) {
            found.put(part.getKey(), await(part.getValue(), deadline));
        }
        return found;
    }

    private static PartHealth look(HealthCheck check) {
        long start = System.nanoTime();
        try {
            Map<String, Object> details = check.check();
            return new PartHealth(PartHealth.Status.UP, millisSince(start), null, details);
        } catch (DegradedException attention) {
            return new PartHealth(
                    PartHealth.Status.DEGRADED, millisSince(start), attention.getMessage(), attention.details());
        } catch (DownException failure) {
            return new PartHealth(PartHealth.Status.DOWN, millisSince(start), sentence(failure), failure.details());
        } catch (Exception failure) {
            return new PartHealth(PartHealth.Status.DOWN, millisSince(start), sentence(failure), Map.of());
        }
    }

    private static PartHealth await(Future<PartHealth> part, long deadline) throws InterruptedException {
        try {
            return part.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            part.cancel(true);
            String error = "no answer within " + BOUND.toMillis() + " ms";
            return new PartHealth(PartHealth.Status.DOWN, BOUND.toMillis(), error, Map.of());
        } catch (ExecutionException failure) {
            return new PartHealth(PartHealth.Status.DOWN, 0, sentence(failure.getCause()), Map.of());
        }
    }

    private static String sentence(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message);
    }

    private static double millisSince(long start) {
        return Math.round((System.nanoTime() - start) / 1e4) / 100.0;
    }
}
