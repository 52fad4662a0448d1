package app.veza.command.wired;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Many callers at the same moment, each on a thread of its own.
 *
 * @param took from the moment that lets them all go to the last one's end
 */
public record AtOnce<T>(List<Future<T>> outcomes, Duration took) {

    public static <T> AtOnce<T> run(int callers, IntFunction<Callable<T>> call) throws InterruptedException {
        var ready = new CountDownLatch(callers);
        var go = new CountDownLatch(1);
        List<Future<T>> outcomes;
        long start;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            outcomes = IntStream.range(0, callers)
                    .mapToObj(caller -> threads.submit(() -> {
                        ready.countDown();
                        go.await();
                        return call.apply(caller).call();
                    }))
                    .toList();
            ready.await();
            start = System.nanoTime();
            go.countDown();
        }
        return new AtOnce<>(outcomes, Duration.ofNanos(System.nanoTime() - start));
    }
}
