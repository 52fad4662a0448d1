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
    static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final LogMetrics metrics;
    private final ExecutorService executor;
    private final Runnable delivered;
    private List<Runnable> collected = new ArrayList<>();

    /** @param delivered run after each handful */
    Outcomes(LogMetrics metrics, String streamName, Runnable delivered) {
        this.metrics = metrics;
        this.delivered = delivered;
        this.executor = Executors.newSingleThreadExecutor(Thread.ofPlatform()
                .daemon()
                .name("event-log-outcomes-" + streamName)
                .factory());
    }

    void appended(Handed.Append handed, StoredAppend stored) {
        settled(handed, new AppendOutcome.Appended(stored.firstPosition(), stored.lastPosition()));
    }

    void duplicate(Handed.Append handed, RecordedCommand command) {
        settled(handed, command.asOutcome());
    }

    void refused(Handed.Append handed, long conflict) {
        settled(handed, new AppendOutcome.Refused(conflict));
    }

    void settled(Handed.Append handed, AppendOutcome outcome) {
        switch (outcome) {
            case AppendOutcome.Appended appended ->
                metrics.appended.record(System.nanoTime() - handed.sinceNanos, TimeUnit.NANOSECONDS);
            case AppendOutcome.Duplicate duplicate -> metrics.duplicates.increment();
            case AppendOutcome.Refused refused -> metrics.refused.increment();
        }
        add(() -> handed.future.complete(outcome));
    }

    void add(Runnable completion) {
        collected.add(completion);
    }

    void unknown(Handed handed, String why) {
        failed(handed, new AppendFailure.Unknown(why));
    }

    void unavailable(Handed handed, String why) {
        failed(handed, new AppendFailure.Unavailable(why, RETRY_AFTER));
    }

    void failed(Handed handed, AppendFailure failure) {
        switch (failure) {
            case AppendFailure.Unknown unknown -> metrics.unknown.increment();
            case AppendFailure.Unavailable unavailable -> metrics.unavailable.increment();
            case AppendFailure.Invalid invalid -> metrics.invalid.increment();
        }
        add(() -> handed.fail(failure));
    }

    void flush() {
        if (!collected.isEmpty()) {
            List<Runnable> completions = collected;
            collected = new ArrayList<>();
            executor.execute(() -> {
                completions.forEach(Runnable::run);
                delivered.run();
            });
        }
    }

    @Override
    public void close() {
        flush();
        executor.close();
    }
}
