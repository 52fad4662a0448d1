package app.veza.eventstore;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Appends without end, many in flight, and tells of every outcome. As a process of its own it is there to be killed. */
final class LoadWriter implements AutoCloseable {
    private static final int IN_FLIGHT = 50;
    /** Who is turned away at once does not ask a million times a second. */
    private static final Executor LATER = CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS);

    private final EventLog log;
    private final String name;
    private final Consumer<String> outcomes;
    private final Semaphore inFlight = new Semaphore(IN_FLIGHT);
    private final Thread thread;
    private volatile boolean stopping;

    LoadWriter(EventLog log, String name, Consumer<String> outcomes) {
        this.log = log;
        this.name = name;
        this.outcomes = outcomes;
        this.thread = Thread.ofPlatform().name("load-" + name).start(this::run);
    }

    /** Arguments: NATS URL, stream, index directory, name of the writer, replicas. */
    public static void main(String[] args) {
        PrintStream told = System.out;
        // However whoever runs this suite logs: what is told of outcomes is not to be mixed with it
        System.setOut(System.err);
        EventLogConfig config = EventLogConfig.defaults(args[0], Path.of(args[2]))
                .withStream(args[1])
                .withDurability(Durability.PROCESS, Integer.parseInt(args[4]))
                .withLimits(16_384, 1024, Duration.ofSeconds(10));
        var metrics = new SimpleMeterRegistry();
        EventLog log = EventLog.open(config, metrics);
        Counter rebuilds = metrics.get("event.log.index.rebuilds").counter();
        told.println("open");
        var writer = new LoadWriter(log, args[3], line -> {
            told.println(line);
            told.flush();
        });
        boolean sequenced = false;
        boolean rebuilt = false;
        while (writer.thread.isAlive()) {
            if (log.isSequencing() != sequenced) {
                sequenced = !sequenced;
                told.println(sequenced ? "sequences" : "follows");
            }
            if (!rebuilt && rebuilds.count() > 0) {
                rebuilt = true;
                told.println(LoadHistory.REBUILT);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
    }

    private void run() {
        for (int n = 0; !stopping; n++) {
            int number = n;
            inFlight.acquireUninterruptibly();
            AppendRequest request = LoadHistory.request(name, number, log.indexedPosition());
            if (request.commandId() != null) {
                outcomes.accept(LoadHistory.asks(name, number));
            }
            log.append(request).whenComplete((outcome, failure) -> {
                outcomes.accept(LoadHistory.line(name, number, request, outcome, failure));
                if (failure == null) {
                    inFlight.release();
                } else {
                    LATER.execute(inFlight::release);
                }
            });
        }
        inFlight.acquireUninterruptibly(IN_FLIGHT);
    }

    void join() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopping = true;
        join();
    }
}
