package app.veza.eventstore;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * Figures to tune by, no test: appends per second against a raw pipelined JetStream publish of the same bytes in the same run, and
 * the time to source five events. Arguments: appends, rounds.
 */
final class AppendProbe {
    private static final int IN_FLIGHT = 1024;

    private static final EventLogConfig RAW = TestLog.config(Path.of("unused")).withStream("RAW");
    /** Both streams grow alike: a server is slower on a longer one. */
    private static long rawPublished;

    private AppendProbe() {}

    public static void main(String[] args) throws Exception {
        int appends = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        Path directory = Files.createTempDirectory("veza-probe-");
        EventLogConfig config = TestLog.config(directory.resolve("index"));
        try (EventLog log = EventLog.open(config, new SimpleMeterRegistry());
                Connection nats =
                        Nats.connect(Options.builder().server(config.natsUrl()).build())) {
            raw(nats, 20_000);
            appends(log, 20_000);
            for (int round = 0; round < rounds; round++) {
                double raw = raw(nats, appends);
                double ours = appends(log, appends);
                System.out.printf(
                        "raw %,.0f/s  event log %,.0f/s  ratio %.2f  indexed after %s ms%n",
                        raw, ours, ours / raw, lag(log));
            }
            sourcing(log);
        } finally {
            IndexFiles.delete(directory);
        }
    }

    private static NewEvent event(int i) {
        return new NewEvent(
                UUID.randomUUID().toString(),
                "chat.MessageSent",
                "1",
                Instant.now(),
                List.of(new Tag("room", "room-" + i % 1000), new Tag("person", "person-" + i % 20_000)),
                Map.of("correlationId", "0198c0de-0000-7000-8000-000000000000"),
                ("{\"text\":\"" + "x".repeat(380) + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private static double appends(EventLog log, int count) throws InterruptedException {
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            inFlight.acquire();
            NewEvent event = event(i);
            log.append(AppendRequest.of(event)
                            .provided(Criteria.tagged(new Tag("name", event.id())), log.head())
                            .forCommand(event.id(), null))
                    .whenComplete((outcome, failure) -> {
                        if (!(outcome instanceof AppendOutcome.Appended)) {
                            System.out.println("not appended: " + outcome + " " + failure);
                        }
                        inFlight.release();
                    });
        }
        inFlight.acquire(IN_FLIGHT);
        return count / ((System.nanoTime() - start) / 1e9);
    }

    private static double raw(Connection nats, int count) throws Exception {
        if (rawPublished == 0) {
            nats.request(
                    "$JS.API.STREAM.CREATE." + RAW.streamName(),
                    StreamSettings.createRequest(RAW, "raw"),
                    Duration.ofSeconds(5));
        }
        JetStream js = nats.jetStream();
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        byte[] hash = new byte[32];
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            inFlight.acquire();
            NewEvent event = event(i);
            Headers headers = new Headers();
            headers.add("ce-id", event.id());
            headers.add("ce-type", event.type());
            headers.add("ce-time", event.timestamp().toString());
            headers.add("ce-specversion", "1.0");
            headers.add("ce-source", RAW.subjectPrefix());
            headers.add("ce-revision", "1");
            headers.add("ce-tags", "room=room-1&person=person-1");
            headers.add("ce-correlationid", "0198c0de-0000-7000-8000-000000000000");
            headers.add("content-type", "application/json");
            headers.add("Log-Append-Id", "aaaaaaaaaaaaaaa");
            headers.add("Log-Command-Id", event.id());
            headers.add("Log-Position", "100000");
            headers.add("Log-Count", "1");
            headers.add("Log-Chain", Chain.text(hash));
            headers.add("Log-Previous", Chain.text(hash));
            headers.add("Nats-Expected-Last-Sequence", Long.toString(rawPublished++));
            js.publishAsync(new Subjects(RAW.subjectPrefix()).of(List.of(event)), headers, event.payload())
                    .whenComplete((ack, failure) -> {
                        if (failure != null) {
                            System.out.println("raw: " + failure);
                        }
                        inFlight.release();
                    });
        }
        inFlight.acquire(IN_FLIGHT);
        return count / ((System.nanoTime() - start) / 1e9);
    }

    private static long lag(EventLog log) {
        long start = System.nanoTime();
        log.awaitIndexed(log.head(), Duration.ofSeconds(60));
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static void sourcing(EventLog log) {
        for (int round = 0; round < 3; round++) {
            long[] nanos = new long[20_000];
            int found = 0;
            for (int i = 0; i < nanos.length; i++) {
                Criteria criteria = Criteria.anyOf(Criterion.tagged(new Tag("person", "person-" + i % 20_000))
                        .ofTypes("chat.MessageSent"));
                long start = System.nanoTime();
                Sourcing sourcing = log.source(criteria, 0);
                while (sourcing.hasNext()) {
                    sourcing.next();
                    found++;
                }
                nanos[i] = System.nanoTime() - start;
            }
            Arrays.sort(nanos);
            System.out.printf(
                    "sourcing %.1f events of %,d: p50 %.1f us, p99 %.1f us%n",
                    found / (double) nanos.length,
                    log.head(),
                    nanos[nanos.length / 2] / 1e3,
                    nanos[nanos.length * 99 / 100] / 1e3);
        }
    }
}
