package app.veza.eventstore;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that decides what is appended and where. Reads the log's end, then publishes in a pipeline, each append fenced by the
 * stream sequence that it expects; whenever an answer is not the expected one it stops, reads the log's end again, finds
 * out what became of everything in flight and goes on from there.
 */
final class Sequencer {
    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
    private static final int LARGEST_BACKLOG = 32_768;
    private static final int ATTEMPTS = 16;
    private static final long PARK = TimeUnit.MILLISECONDS.toNanos(20);
    /** With so many in flight, latency is made of waiting in line, and a short sleep gathers a batch. */
    private static final int BUSY = 48;

    private static final long NAP = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long PUBLISH_TIMEOUT = TimeUnit.SECONDS.toNanos(2);
    private static final long DRAIN_TIMEOUT = TimeUnit.SECONDS.toNanos(1);

    private final EventLogConfig config;
    private final LogIndex index;
    private final IndexFeed feed;
    private final Intake intake;
    private final Outcomes outcomes;
    private final LogMetrics metrics;
    private final LogSession session;
    private final Failures failures;
    private final Decision decision;
    private final Window window = new Window();
    private final InFlight inFlight = new InFlight();
    private final TailWatch tail;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Thread thread;

    private LogPoint settled;
    private LogPoint predicted = LogPoint.ORIGIN;
    private long caughtUp;
    private long publication;
    private boolean stopped = true;

    private volatile String logId = "";
    private volatile long head;
    private volatile boolean available;
    private volatile boolean closing;

    Sequencer(
            EventLogConfig config,
            LogIndex index,
            IndexFeed feed,
            Intake intake,
            Outcomes outcomes,
            LogMetrics metrics) {
        this.config = config;
        this.index = index;
        this.feed = feed;
        this.intake = intake;
        this.outcomes = outcomes;
        this.metrics = metrics;
        this.session = new LogSession(config, new CatchUp(index, feed, metrics), intake);
        this.failures = new Failures(intake, outcomes);
        this.tail = new TailWatch(config, intake::wake);
        this.decision = new Decision(window, index, outcomes);
        Optional<Checkpoint> checkpoint = index.checkpoint();
        this.settled = checkpoint.map(Checkpoint::point).orElse(LogPoint.ORIGIN);
        this.logId = checkpoint.map(Checkpoint::logId).orElse("");
        this.thread = Thread.ofPlatform()
                .name("event-log-sequencer-" + config.streamName())
                .unstarted(this::run);
    }

    /** Returns once the index has reached the stream's last sequence. */
    void start() {
        thread.start();
        ready.join();
    }

    String logId() {
        return logId;
    }

    long head() {
        return head;
    }

    int flying() {
        return inFlight.size();
    }

    boolean available() {
        return available && !closing && !session.isLost();
    }

    /** After this position conditions are decided in memory. */
    long windowStart() {
        return window.start();
    }

    long maxPayload() {
        return session.maxPayload();
    }

    private void run() {
        try {
            while (!closing) {
                try {
                    round();
                } catch (RuntimeException e) {
                    survive(e);
                }
            }
            finish();
        } catch (InterruptedException e) {
            LOG.error("The sequencer of {} was interrupted", config.streamName(), e);
        } catch (RuntimeException | Error e) {
            LOG.error("The sequencer of {} stops for good", config.streamName(), e);
            ready.completeExceptionally(e);
        } finally {
            available = false;
            closing = true;
            abandon();
            ready.completeExceptionally(new IllegalStateException("the event log was closed"));
        }
    }

    /** What is in flight stays so: recovery finds out what became of it, after a fault of our own too. */
    private void survive(RuntimeException fault) {
        if (!ready.isDone()) {
            throw fault;
        }
        LOG.error("The sequencer of {} met a fault and reads the log's end anew", config.streamName(), fault);
        session.abandon();
    }

    private void round() throws InterruptedException {
        if (stopped || session.isLost() || feed.failed() || tail.differs(predicted.sequence())) {
            recover();
            return;
        }
        boolean worked = takeReplies();
        worked |= !stopped && takeHanded();
        outcomes.flush();
        window.trim(index.indexedPosition());
        if (inFlight.overdue(System.nanoTime(), PUBLISH_TIMEOUT)) {
            LOG.warn("NATS has not answered a publish for {} ms", TimeUnit.NANOSECONDS.toMillis(PUBLISH_TIMEOUT));
            session.abandon();
        } else if (!worked) {
            if (inFlight.isEmpty()) {
                session.ask(tail, settled.sequence());
            }
            if (inFlight.size() >= BUSY) {
                intake.nap(NAP);
            } else {
                intake.park(PARK, full());
            }
        }
    }

    private boolean full() {
        return inFlight.size() >= config.maxInFlight() || feed.backlog() > LARGEST_BACKLOG;
    }

    private boolean takeReplies() {
        boolean any = false;
        for (LogConnection.Reply reply = intake.pollReply(); reply != null; reply = intake.pollReply()) {
            any = true;
            if (session.isOf(reply)) {
                inFlight.answered(reply);
            }
        }
        inFlight.settle(this::settled);
        LogConnection.Reply failure = inFlight.failure();
        if (failure != null && !stopped) {
            LOG.info("An append was not taken at its place: {}", failure.error());
            stopped = true;
        }
        return any;
    }

    private void settled(Placed placed) {
        settled = placed.stored.point();
        feed.add(placed.stored, logId);
        head = settled.position();
        outcomes.appended(placed.handed, placed.stored);
        placed.waiters.forEach(waiter -> waiter.answer().run());
    }

    private boolean takeHanded() {
        boolean any = false;
        while (!session.isLost() && !full()) {
            Handed handed = intake.poll();
            if (handed == null) {
                break;
            }
            any = true;
            decide(handed);
        }
        return any;
    }

    private void decide(Handed handed) {
        if (handed.expired(System.nanoTime())) {
            failures.giveUp(
                    handed,
                    knownUpTo(),
                    "it was not settled within " + config.appendTimeout().toMillis() + " ms");
            return;
        }
        boolean admitted;
        try {
            admitted = decision.admits(handed);
        } catch (RuntimeException e) {
            LOG.error("A request could not be decided", e);
            outcomes.unavailable(handed, "the decision failed: " + e.getMessage());
            return;
        }
        if (admitted) {
            place((Handed.Append) handed);
        }
    }

    private void place(Handed.Append handed) {
        long sequence = predicted.sequence() + 1;
        long position = predicted.position() + 1;
        byte[] chain = Chain.next(predicted.chainHash(), position, handed.append);
        var placed = new Placed(++publication, handed, new StoredAppend(sequence, position, chain, handed.append));
        inFlight.add(placed);
        window.add(placed);
        byte[] previousHash = predicted.chainHash();
        predicted = placed.stored.point();
        session.publish(placed, previousHash);
    }

    private void recover() throws InterruptedException {
        metrics.recoveries.increment();
        stopped = true;
        if (!session.isLost()) {
            drain();
        }
        List<Handed> unresolved = inFlight.abandon();
        long backoff = 20;
        long giveUpOpening = System.nanoTime() + 2 * config.appendTimeout().toNanos();
        while (stopped && !closing) {
            try {
                attempt(unresolved);
            } catch (IOException | RuntimeException e) {
                session.failed(e);
                if (!ready.isDone() && (isLasting(e) || System.nanoTime() - giveUpOpening > 0)) {
                    throw e instanceof RuntimeException lasting
                            ? lasting
                            : new IllegalStateException(
                                    "cannot open the event log " + config.streamName() + ": " + e.getMessage(), e);
                }
            }
            if (stopped) {
                available = false;
                failures.turnAwayFor(backoff, unresolved, () -> closing);
                backoff = Math.min(500, backoff * 2);
            }
        }
        for (Handed handed : unresolved) {
            if (stopped || closing) {
                failures.giveUp(handed, knownUpTo(), "the event log was closed");
            } else if (handed instanceof Handed.Append append && ++append.attempts > ATTEMPTS) {
                failures.giveUp(handed, knownUpTo(), "it lost its place " + ATTEMPTS + " times");
            } else {
                decide(handed);
            }
        }
        outcomes.flush();
    }

    private static boolean isLasting(Exception fault) {
        return fault instanceof LogDamagedException || fault instanceof LogSettingsException;
    }

    private void attempt(List<Handed> unresolved) throws IOException, InterruptedException {
        if (feed.failed()) {
            metrics.rebuilds.increment();
            feed.reset();
            settled = LogPoint.ORIGIN;
        }
        tail.reset();
        Map<String, Handed.Append> sought = new HashMap<>();
        for (Handed handed : unresolved) {
            if (handed instanceof Handed.Append append && append.publishedFor > 0) {
                sought.put(append.append.id(), append);
            }
        }
        CatchUp.Reached reached = session.resume(new Checkpoint(logId, settled), stored -> {
            settled = stored.point();
            Handed.Append found = sought.remove(stored.append().id());
            if (found != null) {
                unresolved.remove(found);
                outcomes.appended(found, stored);
            }
        });
        logId = reached.logId();
        settled = reached.point();
        caughtUp = reached.streamSequence();
        predicted = new LogPoint(caughtUp, settled.position(), settled.chainHash());
        head = settled.position();
        window.restart(settled.position());
        stopped = session.isLost();
        available = !stopped;
        ready.complete(null);
    }

    /** Waits for the replies that are still to come: what the server has yet to handle would only get in the way. */
    private void drain() throws InterruptedException {
        long deadline = System.nanoTime() + DRAIN_TIMEOUT;
        while (!session.isLost() && !inFlight.allAnswered() && System.nanoTime() - deadline < 0) {
            if (!takeReplies()) {
                intake.park(PARK, true);
            }
        }
    }

    private long knownUpTo() {
        return stopped ? 0 : caughtUp;
    }

    private void finish() throws InterruptedException {
        long deadline = System.nanoTime() + config.appendTimeout().toNanos();
        while (!inFlight.isEmpty() && !session.isLost() && !stopped && System.nanoTime() - deadline < 0) {
            if (!takeReplies()) {
                intake.park(PARK, true);
            }
        }
    }

    private void abandon() {
        stopped = true;
        for (Handed handed : inFlight.abandon()) {
            failures.giveUp(handed, knownUpTo(), "the event log was closed");
        }
        failures.turnAwayQueued();
        session.close();
    }

    void close() {
        closing = true;
        intake.wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        failures.turnAwayQueued();
    }
}
