package app.veza.bench;

import app.veza.eventstore.AppendOutcome;
import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.Durability;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventLogConfig;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.Sourcing;
import app.veza.eventstore.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.api.CompressionOption;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * Appends through the event store against a raw publish of the same bytes to a stream of the same settings, in turns within
 * one run, so that a machine that is busy slows both.
 */
final class AppendFigures implements AutoCloseable {

    private static final int IN_FLIGHT = 1024;
    private static final int ROUNDS = 5;
    private static final int SOURCED = 5;

    private final Connection nats;
    private final EventLog log;
    private final RawPublisher raw;
    private final String logStream;

    private AppendFigures(String natsUrl, Path index) throws IOException, InterruptedException, JetStreamApiException {
        String run = Long.toString(System.currentTimeMillis(), 36);
        logStream = "BENCH_" + run;
        nats = Nats.connect(natsUrl);
        log = EventLog.open(
                EventLogConfig.defaults(natsUrl, index)
                        .withStream(logStream, "bench." + run)
                        .withDurability(Durability.PROCESS, 1),
                new SimpleMeterRegistry());
        append(request(0)).join();
        String subject = "raw." + run;
        nats.jetStreamManagement()
                .addStream(StreamConfiguration.builder()
                        .name("RAW_" + run)
                        .subjects(subject + ".>")
                        .storageType(StorageType.File)
                        .compressionOption(CompressionOption.S2)
                        .allowDirect(true)
                        .build());
        raw = new RawPublisher(nats, subject, stored().getHeaders(), IN_FLIGHT);
    }

    static void measure(String natsUrl, Path index, Duration duration, Figures figures)
            throws IOException, InterruptedException {
        try (var appends = new AppendFigures(natsUrl, index)) {
            appends.throughput(duration.dividedBy(ROUNDS), figures);
            appends.latency(figures);
            appends.sourcing(figures);
        } catch (JetStreamApiException refused) {
            throw new IOException("NATS refused the bench's stream: " + refused.getMessage(), refused);
        }
    }

    private void throughput(Duration round, Figures figures) throws InterruptedException {
        raw.publishFor(round, AppendFigures::event);
        appendFor(round);
        double store = 0;
        double publish = 0;
        for (int i = 0; i < ROUNDS; i++) {
            publish += raw.publishFor(round, AppendFigures::event) / ROUNDS;
            store += appendFor(round) / ROUNDS;
        }
        figures.add(
                "appends/s through the event store, " + IN_FLIGHT + " in flight",
                ">= 75 % of a raw publish",
                "%,.0f/s, raw publish of the same bytes %,.0f/s: %.0f %%",
                store,
                publish,
                100 * store / publish);
    }

    private double appendFor(Duration time) throws InterruptedException {
        var room = new Semaphore(IN_FLIGHT);
        var appended = new AtomicLong();
        long start = System.nanoTime();
        long n = 0;
        while (System.nanoTime() - start < time.toNanos()) {
            room.acquire();
            append(request(n++)).whenComplete((outcome, failure) -> {
                if (outcome instanceof AppendOutcome.Appended) {
                    appended.incrementAndGet();
                }
                room.release();
            });
        }
        room.acquire(IN_FLIGHT);
        if (appended.get() != n) {
            throw new IllegalStateException("Of %d appends %d were acknowledged".formatted(n, appended.get()));
        }
        return n * 1e9 / (System.nanoTime() - start);
    }

    private void latency(Figures figures) {
        var micros = new Histogram(60_000_000L, 3);
        for (int i = 0; i < 4_000; i++) {
            long start = System.nanoTime();
            append(request(i)).join();
            if (i >= 1_000) {
                micros.recordValue((System.nanoTime() - start) / 1000);
            }
        }
        figures.add(
                "one append at a time",
                "-",
                "p50 %d us, p99 %d us",
                micros.getValueAtPercentile(50),
                micros.getValueAtPercentile(99));
    }

    private void sourcing(Figures figures) {
        String room = UUID.randomUUID().toString();
        for (int i = 0; i < SOURCED; i++) {
            append(AppendRequest.of(event(room, i))).join();
        }
        Criteria criteria = Criteria.tagged(new Tag("room", room));
        var nanos = new Histogram(60_000_000_000L, 3);
        for (int i = 0; i < 20_000; i++) {
            long start = System.nanoTime();
            int sourced = 0;
            for (Sourcing events = log.source(criteria, 0); events.hasNext(); events.next()) {
                sourced++;
            }
            if (sourced != SOURCED) {
                throw new IllegalStateException("Not all events of the room were sourced");
            }
            if (i >= 10_000) {
                nanos.recordValue(System.nanoTime() - start);
            }
        }
        figures.add(
                "sourcing %d events from a log of %,d".formatted(SOURCED, log.head()),
                "p50 < 100 us",
                "p50 %.1f us, p99 %.1f us",
                nanos.getValueAtPercentile(50) / 1e3,
                nanos.getValueAtPercentile(99) / 1e3);
    }

    private CompletableFuture<AppendOutcome> append(AppendRequest request) {
        return log.append(request);
    }

    /**
     * As a message is sent: on condition that its sender's membership is as it was when the decision read it, just before, and
     * once for its command.
     */
    private AppendRequest request(long n) {
        String room = room(n);
        return AppendRequest.of(event(n))
                .provided(
                        Criteria.anyOf(Criterion.tagged(new Tag("room", room), new Tag("person", "p" + n))
                                .ofTypes("chat.MemberJoined", "chat.MemberLeft")),
                        log.indexedPosition())
                .forCommand(UUID.randomUUID().toString(), "fingerprint");
    }

    private static String room(long n) {
        return "room-" + n % 1000;
    }

    private static NewEvent event(long n) {
        return event(room(n), n);
    }

    private static NewEvent event(String room, long n) {
        byte[] payload = """
                {"roomId":"%s","messageId":"%s","senderId":"%s","text":"The boats are back, and the harbour is loud"}""".formatted(room, UUID.randomUUID(), n).getBytes(StandardCharsets.UTF_8);
        return new NewEvent(
                UUID.randomUUID().toString(),
                "chat.MessageSent",
                "1",
                Instant.now(),
                List.of(new Tag("room", room), new Tag("message", Long.toString(n)), new Tag("person", "p" + n)),
                Map.of(),
                payload);
    }

    private MessageInfo stored() throws IOException, JetStreamApiException {
        return nats.jetStreamManagement().getLastMessage(logStream, "bench.>");
    }

    @Override
    public void close() {
        log.close();
        try {
            nats.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
