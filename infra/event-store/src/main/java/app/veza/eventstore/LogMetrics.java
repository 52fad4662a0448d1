package app.veza.eventstore;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/** What the log tells of itself. */
final class LogMetrics {
    final Timer appended;
    final Counter refused;
    final Counter duplicates;
    final Counter unknown;
    final Counter unavailable;
    final Counter invalid;
    final Counter recoveries;
    final Counter voids;
    final Counter rebuilds;
    final Counter restores;
    final Counter snapshots;

    private final MeterRegistry registry;
    private final Tags tags;

    LogMetrics(MeterRegistry registry, String log) {
        this.registry = registry;
        this.tags = Tags.of("log", log);
        this.appended = Timer.builder("event.log.append")
                .description("From hand-in to acknowledgement")
                .publishPercentileHistogram()
                .tags(tags)
                .register(registry);
        this.refused = counter("event.log.refused", "Appends refused for a conflict");
        this.duplicates = counter("event.log.duplicates", "Appends whose command id was appended before");
        this.unknown = counter("event.log.unknown", "Appends whose outcome could not be learnt in time");
        this.unavailable = counter("event.log.unavailable", "Appends turned away, nothing stored");
        this.invalid = counter("event.log.invalid", "Appends that can never be stored");
        this.recoveries = counter("event.log.recoveries", "Times the sequencer stopped to read the log's end anew");
        this.voids = counter("event.log.voids", "Messages in the stream that are no part of the log");
        this.restores = counter("event.log.index.restores", "Times the index was taken from a snapshot");
        this.snapshots = counter("event.log.index.snapshots", "Snapshots of the index that were stored");
        this.rebuilds = counter("event.log.index.rebuilds", "Times the index was emptied and built from the log");
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).tags(tags).register(registry);
    }
}
