package app.veza.bench.store;

import app.veza.bench.CpuClock;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Some callers, each of whom appends again as soon as the last append is answered. */
final class ClosedLoop {

    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final Contestant contestant;
    private final int callers;
    private final int events;
    private long number;

    /** @param events in each append */
    ClosedLoop(Contestant contestant, int callers, int events) {
        this.contestant = contestant;
        this.callers = callers;
        this.events = events;
    }

    /** @param nanos latencies of appends */
    record Result(long appends, long events, double seconds, Histogram nanos, CpuClock.Reading cpu) {

        static Result none() {
            return new Result(0, 0, 0, new Histogram(LONGEST_NANOS, 3), CpuClock.Reading.ZERO);
        }

        Result plus(Result other) {
            Histogram both = nanos.copy();
            both.add(other.nanos);
            return new Result(
                    appends + other.appends, events + other.events, seconds + other.seconds, both, cpu.plus(other.cpu));
        }

        double appendsPerSecond() {
            return appends / seconds;
        }

        double micros(double percentile) {
            return nanos.getValueAtPercentile(percentile) / 1e3;
        }

        double clientMicrosPerEvent() {
            return cpu.client() / 1e3 / events;
        }

        double serverMicrosPerEvent() {
            return cpu.server() / 1e3 / events;
        }
    }

    /** @throws IllegalStateException when an append failed */
    Result run(Duration time) throws InterruptedException {
        var room = new Semaphore(callers);
        var nanos = new ConcurrentHistogram(LONGEST_NANOS, 3);
        var failure = new AtomicReference<@Nullable Throwable>();
        var clock = new CpuClock(contestant.server());
        CpuClock.Reading before = clock.read();
        long start = System.nanoTime();
        long appends = 0;
        while (System.nanoTime() - start < time.toNanos() && failure.get() == null) {
            room.acquire();
            long handedIn = System.nanoTime();
            appends++;
            contestant.append(number++, events).whenComplete((done, failed) -> {
                nanos.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - handedIn));
                if (failed != null) {
                    failure.set(failed);
                }
                room.release();
            });
        }
        room.acquire(callers);
        double seconds = (System.nanoTime() - start) / 1e9;
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException(
                    "%s refused an append".formatted(contestant.name()),
                    failed instanceof CompletionException wrapped ? wrapped.getCause() : failed);
        }
        return new Result(
                appends, appends * events, seconds, nanos, clock.read().since(before));
    }
}
