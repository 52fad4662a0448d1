package app.veza.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Logs of their own on one real server, and short ways to write what tests append. */
final class TestLog {
    private static final AtomicInteger STREAMS = new AtomicInteger();
    private static NatsServer shared;

    private TestLog() {}

    static synchronized NatsServer server() {
        if (shared == null) {
            shared = NatsServer.start(NatsServerOptions.temporary());
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    static EventLogConfig config(Path indexDirectory) {
        return config(server().url(), indexDirectory);
    }

    static EventLogConfig config(String url, Path indexDirectory) {
        return EventLogConfig.defaults(url, indexDirectory)
                .withStream("TEST_" + ProcessHandle.current().pid() + "_" + STREAMS.incrementAndGet());
    }

    /** One MiB, which bounds its queues of appends too. */
    static EventLogConfig withSmallCache(EventLogConfig config) {
        return new EventLogConfig(
                config.natsUrl(),
                config.streamName(),
                config.subjectPrefix(),
                config.durability(),
                config.replicas(),
                config.indexDirectory(),
                32,
                1 << 20,
                config.maxQueued(),
                config.maxInFlight(),
                config.maxAppendBytes(),
                config.maxAppendEvents(),
                config.appendTimeout(),
                config.tailCheck());
    }

    static EventLog open(EventLogConfig config) {
        return EventLog.open(config, new SimpleMeterRegistry());
    }

    static NewEvent event(String type, Tag... tags) {
        return event(type, "{\"text\":\"" + type + "\"}", tags);
    }

    static NewEvent event(String type, String payload, Tag... tags) {
        return new NewEvent(
                UUID.randomUUID().toString(),
                type,
                "1",
                Instant.now(),
                List.of(tags),
                Map.of(),
                payload.getBytes(StandardCharsets.UTF_8));
    }

    static AppendOutcome.Appended appended(EventLog log, NewEvent... events) {
        return (AppendOutcome.Appended) append(log, AppendRequest.of(events));
    }

    static AppendOutcome append(EventLog log, AppendRequest request) {
        return log.append(request)
                .orTimeout(20, java.util.concurrent.TimeUnit.SECONDS)
                .join();
    }

    static List<RecordedEvent> all(EventLog log) {
        List<RecordedEvent> events = new ArrayList<>();
        if (!log.awaitIndexed(log.head(), Duration.ofSeconds(10))) {
            throw new AssertionError("the index does not reach the head");
        }
        List<RecordedEvent> next = log.read(0, 1000);
        while (!next.isEmpty()) {
            events.addAll(next);
            next = log.read(events.getLast().position(), 1000);
        }
        return events;
    }

    /** Field by field, and large payloads not byte by byte, which takes minutes. */
    static void assertSame(List<RecordedEvent> events, List<RecordedEvent> expected) {
        assertThat(events)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("payload")
                .isEqualTo(expected);
        assertThat(events)
                .extracting(event -> Chain.text(Chain.sha256(event.payload())))
                .isEqualTo(expected.stream()
                        .map(event -> Chain.text(Chain.sha256(event.payload())))
                        .toList());
    }

    static List<RecordedEvent> sourced(EventLog log, Criteria criteria, long after) {
        List<RecordedEvent> events = new ArrayList<>();
        log.source(criteria, after).forEachRemaining(events::add);
        return events;
    }
}
