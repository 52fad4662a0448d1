package app.veza.eventstore;

import app.veza.embedded.NatsCluster;
import app.veza.embedded.NatsClusterOptions;
import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What durability and copies cost: appends of one 400-byte event, with a condition and a command id, one at a time and 1,024 in
 * flight. The argument is the seconds of each measurement; data lies below {@code java.io.tmpdir}, whose disk is what is measured.
 */
final class DurabilityProbe {
    private static final int IN_FLIGHT = 1024;
    private static final String PAYLOAD = "{\"text\":\"" + "x".repeat(388) + "\"}";

    private DurabilityProbe() {}

    private record Row(String servers, double alone, double p50Millis, double p99Millis, double pipelined) {}

    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        System.out.println("| servers | durability | one at a time | p50 | p99 | 1,024 in flight |");
        System.out.println("|---|---|---|---|---|---|");
        for (int replicas : new int[] {1, NatsCluster.SIZE}) {
            for (Durability durability : Durability.values()) {
                Row row = measure(replicas, durability, seconds);
                System.out.printf(
                        Locale.ROOT,
                        "| %s | `%s` | %,.0f/s | %.2f ms | %.2f ms | %,.0f/s |%n",
                        row.servers,
                        durability.name().toLowerCase(Locale.ROOT),
                        row.alone,
                        row.p50Millis,
                        row.p99Millis,
                        row.pipelined);
            }
        }
    }

    private static Row measure(int replicas, Durability durability, int seconds) throws Exception {
        var ofServer = app.veza.embedded.Durability.valueOf(durability.name());
        if (replicas == 1) {
            try (var server = NatsServer.start(NatsServerOptions.temporary().withDurability(ofServer))) {
                return measure("one", server.url(), replicas, durability, seconds);
            }
        }
        try (var cluster = NatsCluster.start(NatsClusterOptions.temporary().withDurability(ofServer))) {
            return measure("three, R3", cluster.url(), replicas, durability, seconds);
        }
    }

    private static Row measure(String servers, String url, int replicas, Durability durability, int seconds)
            throws IOException, InterruptedException, ExecutionException {
        Path index = Files.createTempDirectory("veza-durability-probe");
        EventLogConfig config =
                EventLogConfig.defaults(url, index.resolve("index")).withDurability(durability, replicas);
        try (EventLog log = TestLog.open(config)) {
            pipelined(log, Math.max(1, seconds / 2));
            double pipelined = pipelined(log, seconds);
            long[] nanos = alone(log, seconds);
            return new Row(
                    servers,
                    nanos.length / (double) seconds,
                    nanos[nanos.length / 2] / 1e6,
                    nanos[(int) (nanos.length * 0.99)] / 1e6,
                    pipelined);
        } finally {
            IndexFiles.delete(index.resolve("index"));
            Files.delete(index);
        }
    }

    private static AppendRequest request(EventLog log) {
        String id = UUID.randomUUID().toString();
        Tag tag = new Tag("room", id);
        return AppendRequest.of(TestLog.event("probe.Measured", PAYLOAD, tag))
                .provided(Criteria.tagged(tag), log.head())
                .forCommand(id, "f");
    }

    /** Sorted times. */
    private static long[] alone(EventLog log, int seconds) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long[] nanos = new long[1 << 20];
        int count = 0;
        while (System.nanoTime() < end && count < nanos.length) {
            AppendRequest request = request(log);
            long start = System.nanoTime();
            log.append(request).get();
            nanos[count++] = System.nanoTime() - start;
        }
        long[] taken = Arrays.copyOf(nanos, count);
        Arrays.sort(taken);
        return taken;
    }

    private static double pipelined(EventLog log, int seconds) throws InterruptedException {
        var free = new Semaphore(IN_FLIGHT);
        var acknowledged = new AtomicLong();
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            free.acquire();
            log.append(request(log)).whenComplete((outcome, failure) -> {
                if (failure == null) {
                    acknowledged.incrementAndGet();
                }
                free.release();
            });
        }
        free.acquire(IN_FLIGHT);
        return acknowledged.get() / ((System.nanoTime() - start) / 1e9);
    }
}
