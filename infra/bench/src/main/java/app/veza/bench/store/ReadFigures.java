package app.veza.bench.store;

import app.veza.bench.CpuClock;
import app.veza.bench.Figures;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.RecordedEvent;
import app.veza.eventstore.Sourcing;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.json.UnknownEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** Sourcing and replay of a log that is filled. */
final class ReadFigures {

    private static final int PAGE = 1024;

    private final EventLog log;
    private final JacksonEventCodec codec;
    private final Figures figures;

    ReadFigures(EventLog log, JacksonEventCodec codec, Figures figures) {
        this.log = log;
        this.codec = codec;
        this.figures = figures;
    }

    /** @param time of each kind of sourcing */
    void sourcing(Duration time) {
        for (FilledLog.Senders senders : FilledLog.Senders.values()) {
            source(senders, time.dividedBy(2));
            Histogram nanos = source(senders, time);
            figures.add(
                    "sourcing %d events from a log of %,d".formatted(senders.messages, log.head()),
                    senders.messages == 5 ? "p50 < 100 us" : "-",
                    "p50 %,.1f us, p99 %,.1f us",
                    nanos.getValueAtPercentile(50) / 1e3,
                    nanos.getValueAtPercentile(99) / 1e3);
        }
    }

    private Histogram source(FilledLog.Senders senders, Duration time) {
        var nanos = new Histogram(60_000_000_000L, 3);
        for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end; ) {
            var criteria = senders.sent(ThreadLocalRandom.current().nextInt(senders.people));
            long start = System.nanoTime();
            int sourced = 0;
            for (Sourcing events = log.source(criteria, 0); events.hasNext(); events.next()) {
                sourced++;
            }
            nanos.recordValue(System.nanoTime() - start);
            if (sourced != senders.messages) {
                throw new IllegalStateException(
                        "%d events were sourced where %d are".formatted(sourced, senders.messages));
            }
        }
        return nanos;
    }

    void replay() throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        pass(1, this::known);
        replayed("one thread, payloads as bytes", "-", pass(1, event -> 1));
        replayed("one thread, decoded", "300,000/s", pass(1, this::known));
        if (cores > 1) {
            replayed("%d threads, decoded".formatted(cores), "300,000/s", pass(cores, this::known));
        }
        decodingAlone();
    }

    /** @param cpuMicros an event, of all of this process: a busy machine changes it little */
    private record Pass(double perSecond, double cpuMicros) {}

    private void replayed(String how, String target, Pass pass) {
        figures.add(
                "replay from the index, " + how,
                target,
                "%,.0f events/s; CPU an event %.1f us",
                pass.perSecond(),
                pass.cpuMicros());
    }

    /** Without reading: how much of the time it is. */
    private void decodingAlone() {
        List<RecordedEvent> some = new ArrayList<>();
        while (some.size() < 100 * PAGE && some.size() < log.head()) {
            some.addAll(log.read(some.size(), PAGE));
        }
        double best = 0;
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            long known = 0;
            for (RecordedEvent event : some) {
                known += known(event);
            }
            best = Math.max(best, known * 1e9 / (System.nanoTime() - start));
        }
        figures.add("payloads into records alone, one thread", "-", "%,.0f events/s", best);
    }

    private interface Taking {
        int take(RecordedEvent event);
    }

    private int known(RecordedEvent event) {
        return codec.decode(event) instanceof UnknownEvent ? 0 : 1;
    }

    /** The log once, its ranges shared out evenly. */
    private Pass pass(int threads, Taking taking) throws InterruptedException {
        long head = log.head();
        var taken = new AtomicLong();
        List<Thread> running = new ArrayList<>();
        var clock = new CpuClock(ProcessHandle.current().pid());
        CpuClock.Reading before = clock.read();
        long start = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            long from = head * i / threads;
            long to = head * (i + 1) / threads;
            running.add(Thread.ofPlatform().start(() -> taken.addAndGet(range(from, to, taking))));
        }
        for (Thread thread : running) {
            thread.join();
        }
        if (taken.get() != head) {
            throw new IllegalStateException("%,d of %,d events were replayed".formatted(taken.get(), head));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Pass(head / seconds, clock.read().since(before).client() / 1e3 / head);
    }

    private long range(long from, long to, Taking taking) {
        long taken = 0;
        for (long at = from; at < to; ) {
            List<RecordedEvent> events = log.read(at, (int) Math.min(PAGE, to - at));
            for (RecordedEvent event : events) {
                taken += taking.take(event);
            }
            at = events.getLast().position();
        }
        return taken;
    }

    /** A node without an index reads the stream and builds one. @param seconds that it took to open the log */
    void fresh(long events, double seconds, CpuClock.Reading cpu) {
        figures.add(
                "a fresh node reads the stream, checks the chain and builds its index",
                "-",
                "%,.0f events/s (%.1f s); CPU an event %.1f us here, %.1f us in NATS",
                events / seconds,
                seconds,
                cpu.client() / 1e3 / events,
                cpu.server() / 1e3 / events);
    }
}
