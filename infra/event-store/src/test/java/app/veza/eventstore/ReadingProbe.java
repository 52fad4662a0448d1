package app.veza.eventstore;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
 * Figures to tune by, no test: the time until a node without an index is ready, from the log and from a snapshot, at growing
 * lengths of the log; then what browsing it takes. Arguments: lengths in events, ascending.
 */
final class ReadingProbe {
    private static final int IN_FLIGHT = 1024;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private ReadingProbe() {}

    public static void main(String[] args) throws Exception {
        int[] lengths = args.length > 0
                ? Arrays.stream(args).mapToInt(Integer::parseInt).toArray()
                : new int[] {250_000, 500_000, 1_000_000};
        Path directory = Files.createTempDirectory("veza-probe-");
        EventLogConfig config = TestLog.config(directory.resolve("index"));
        var policy =
                new SnapshotPolicy(new DirectorySnapshots(directory.resolve("store")), "one", Duration.ofHours(9), 1);
        try {
            for (int length : lengths) {
                IndexSnapshot snapshot;
                try (EventLog log = EventLog.open(config, new SimpleMeterRegistry(), policy)) {
                    append(log, length);
                    log.awaitIndexed(length, Duration.ofMinutes(5));
                    long start = System.nanoTime();
                    snapshot = log.snapshot();
                    System.out.printf(
                            "%,d events: snapshot of %,d MB stored in %.1f s%n",
                            length, snapshot.bytes() >> 20, since(start));
                }
                System.out.printf("%,d events: ready from the log in %.1f s%n", length, ready(config, null));
                System.out.printf("%,d events: ready from a snapshot in %.1f s%n", length, ready(config, policy));
            }
            try (EventLog log = EventLog.open(config, new SimpleMeterRegistry(), policy)) {
                for (int round = 0; round < 3; round++) {
                    browsing(log);
                }
            }
        } finally {
            IndexFiles.delete(directory);
        }
    }

    private static double ready(EventLogConfig config, SnapshotPolicy policy) {
        IndexFiles.delete(config.indexDirectory());
        long start = System.nanoTime();
        try (EventLog log = EventLog.open(config, new SimpleMeterRegistry(), policy)) {
            log.read(log.head() - 1, 1);
            return since(start);
        }
    }

    private static void browsing(EventLog log) {
        long end = log.head();
        time(
                "last 20 of a type that every 10th event has",
                () -> take(log, EventQuery.of(type("chat.T3")).backwards(), 20));
        time(
                "last 20 of a type that 5 events have",
                () -> take(log, EventQuery.of(type("chat.Rare")).backwards(), 20));
        time(
                "last 20 of a room (1 event in 1,000)",
                () -> take(
                        log,
                        EventQuery.of(Criteria.tagged(new Tag("room", "room-7")))
                                .backwards(),
                        20));
        time(
                "1,000 of a room from the start",
                () -> take(log, EventQuery.of(Criteria.tagged(new Tag("room", "room-7"))), 1000));
        time(
                "of a room and a person, all",
                () -> take(
                        log,
                        EventQuery.of(Criteria.tagged(new Tag("room", "room-7"), new Tag("person", "person-7"))),
                        1000));
        time(
                "20 from an instant on",
                () -> take(
                        log,
                        EventQuery.of(Criteria.everything()).after(log.positionAt(START.plusMillis(end / 2))),
                        20));
        time("a correlation", () -> log.correlated("c-" + end / 2, 100).events().size());
    }

    private static Criteria type(String type) {
        return Criteria.anyOf(Criterion.tagged().ofTypes(type));
    }

    private static int take(EventLog log, EventQuery query, int count) {
        int taken = 0;
        for (Browsing browsing = log.browse(query); taken < count && browsing.hasNext(); taken++) {
            browsing.next();
        }
        return taken;
    }

    private static void time(String what, java.util.function.IntSupplier work) {
        long[] nanos = new long[200];
        int found = 0;
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            found = work.getAsInt();
            nanos[i] = System.nanoTime() - start;
        }
        double first = nanos[0] / 1e6;
        Arrays.sort(nanos);
        System.out.printf(
                "%s: %d events, first %.2f ms, p50 %.2f ms, p99 %.2f ms%n",
                what, found, first, nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
    }

    private static void append(EventLog log, int upTo) throws InterruptedException {
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        for (long i = log.head(); i < upTo; i++) {
            inFlight.acquire();
            log.append(AppendRequest.of(event(i)).forCommand("command-" + i, null))
                    .whenComplete((outcome, failure) -> {
                        if (!(outcome instanceof AppendOutcome.Appended)) {
                            System.out.println("not appended: " + outcome + " " + failure);
                        }
                        inFlight.release();
                    });
        }
        inFlight.acquire(IN_FLIGHT);
    }

    private static NewEvent event(long i) {
        return new NewEvent(
                UUID.randomUUID().toString(),
                i % 200_000 == 1 ? "chat.Rare" : "chat.T" + i % 10,
                "1",
                START.plusMillis(i),
                List.of(new Tag("room", "room-" + i % 1000), new Tag("person", "person-" + i % 20_007)),
                Map.of(EventMetadata.CORRELATION_ID, "c-" + i, EventMetadata.CAUSATION_ID, "c-" + i),
                ("{\"text\":\"" + Long.toHexString(i * 0x9E3779B97F4A7C15L).repeat(12) + "\"}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
