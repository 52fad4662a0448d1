package app.veza.eventstore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Gives callers their outcomes on a thread of its own, because their continuations run on it and must not hold up the
 * sequencer. The sequencer collects and hands over once a round.
 */
final class Outcomes implements AutoCloseable {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final LogMetrics metrics;
    private final ExecutorService executor;
    private List<Runnable> collected = new ArrayList<>();

    Outcomes(LogMetrics metrics, String streamName) {
        this.metrics = metrics;
        this.executor = Executors.newSingleThreadExecutor(Thread.ofPlatform()
                .daemon()
                .name("event-log-outcomes-" + streamName)
                .factory());
    }

    void appended(Handed.Append handed, StoredAppend stored) {
        metrics.appended.record(System.nanoTime() - handed.sinceNanos, TimeUnit.NANOSECONDS);
        var outcome = new AppendOutcome.Appended(stored.firstPosition(), stored.lastPosition());
        add(() -> handed.future.complete(outcome));
    }

    void duplicate(Handed.Append handed, RecordedCommand command) {
        metrics.duplicates.increment();
        add(() -> handed.future.complete(command.asOutcome()));
    }

    void refused(Handed.Append handed, long conflict) {
        metrics.refused.increment();
        add(() -> handed.future.complete(new AppendOutcome.Refused(conflict)));
    }

    void add(Runnable completion) {
        collected.add(completion);
    }

    void unknown(Handed handed, String why) {
        metrics.unknown.increment();
        add(() -> handed.fail(new AppendFailure.Unknown(why)));
    }

    void unavailable(Handed handed, String why) {
        metrics.unavailable.increment();
        add(() -> handed.fail(new AppendFailure.Unavailable(why, RETRY_AFTER)));
    }

    void flush() {
        if (!collected.isEmpty()) {
            List<Runnable> completions = collected;
            collected = new ArrayList<>();
            executor.execute(() -> completions.forEach(Runnable::run));
        }
    }

    @Override
    public void close() {
        flush();
        executor.close();
    }
}
