package app.veza.eventstore;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that decides what is appended and where. Reads the log's end, then publishes in a pipeline, each append fenced by the
 * stream sequence that it expects; whenever an answer is not the expected one it stops, reads the log's end again, finds
 * out what became of everything in flight and goes on from there.
 */
final class Sequencer implements LogConnection.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
    private static final int LARGEST_BACKLOG = 32_768;
    private static final int ATTEMPTS = 16;
    private static final long PARK = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long PUBLISH_TIMEOUT = TimeUnit.SECONDS.toNanos(2);
    private static final long DRAIN_TIMEOUT = TimeUnit.SECONDS.toNanos(1);

    private final EventLogConfig config;
    private final LogIndex index;
    private final IndexFeed feed;
    private final Intake intake;
    private final Outcomes outcomes;
    private final LogMetrics metrics;
    private final CatchUp catchUp;
    private final Decision decision;
    private final Window window = new Window();
    private final InFlight inFlight = new InFlight();
    private final TailWatch tail;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Thread thread;

    private volatile @Nullable LogConnection connection;
    private LogPoint settled;
    private LogPoint predicted = LogPoint.ORIGIN;
    private long caughtUp;
    private long publication;
    private boolean stopped = true;
    private String told = "";

    private volatile String logId = "";
    private volatile long head;
    private volatile long maxPayload;
    private volatile boolean available;
    private volatile boolean lost = true;
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
        this.catchUp = new CatchUp(index, feed, metrics);
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
        return available && !closing;
    }

    long maxPayload() {
        return maxPayload;
    }

    @Override
    public void replied(LogConnection.Reply reply) {
        intake.offer(reply);
    }

    @Override
    public void lost(LogConnection which) {
        if (which == connection) {
            lost = true;
            available = false;
            intake.wake();
        }
    }

    private void run() {
        try {
            while (!closing) {
                round();
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

    private void round() throws InterruptedException {
        if (stopped || lost || feed.failed() || tail.differs(predicted.sequence())) {
            recover();
            return;
        }
        boolean worked = takeReplies();
        worked |= !stopped && takeHanded();
        outcomes.flush();
        window.trim(index.indexedPosition());
        if (inFlight.overdue(System.nanoTime(), PUBLISH_TIMEOUT)) {
            LOG.warn("NATS has not answered a publish for {} ms", TimeUnit.NANOSECONDS.toMillis(PUBLISH_TIMEOUT));
            lost = true;
        } else if (!worked) {
            if (inFlight.isEmpty()) {
                tail.ask(connection, settled.sequence());
            }
            intake.park(PARK, full());
        }
    }

    private boolean full() {
        return inFlight.size() >= config.maxInFlight() || feed.backlog() > LARGEST_BACKLOG;
    }

    private boolean takeReplies() {
        boolean any = false;
        for (LogConnection.Reply reply = intake.pollReply(); reply != null; reply = intake.pollReply()) {
            any = true;
            if (reply.connection() == connection) {
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
        while (!lost && !full()) {
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
            giveUp(handed, "it was not settled within " + config.appendTimeout().toMillis() + " ms");
            return;
        }
        boolean admitted;
        try {
            admitted = decision.admits(handed);
        } catch (IndexException e) {
            LOG.error("The index failed in a decision", e);
            outcomes.unavailable(handed, e.getMessage());
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
        var headers = new PlacedHeaders(handed.append, position, predicted.chainHash(), chain, predicted.sequence());
        var placed = new Placed(++publication, handed, new StoredAppend(sequence, position, chain, handed.append));
        inFlight.add(placed);
        window.add(placed);
        predicted = placed.stored.point();
        try {
            connection.publish(publication, handed.append, headers);
        } catch (IllegalStateException e) {
            LOG.info("The connection to NATS was lost while publishing: {}", e.getMessage());
            lost = true;
        }
    }

    private void recover() throws InterruptedException {
        metrics.recoveries.increment();
        stopped = true;
        if (!lost) {
            drain();
        }
        List<Handed> unresolved = inFlight.abandon();
        long backoff = 20;
        long giveUpOpening = System.nanoTime() + 2 * config.appendTimeout().toNanos();
        while (stopped && !closing) {
            try {
                attempt(unresolved);
            } catch (IOException | IllegalStateException | IndexException e) {
                tell(e);
                lost = true;
                if (!ready.isDone() && System.nanoTime() - giveUpOpening > 0) {
                    throw new IllegalStateException(
                            "cannot open the event log " + config.streamName() + ": " + e.getMessage(), e);
                }
            } catch (LogDamagedException | LogSettingsException e) {
                tell(e);
                lost = true;
                if (!ready.isDone()) {
                    throw e;
                }
            }
            if (stopped) {
                turnAwayFor(backoff, unresolved);
                backoff = Math.min(500, backoff * 2);
            }
        }
        for (Handed handed : unresolved) {
            if (stopped || closing) {
                giveUp(handed, "the event log was closed");
            } else if (handed instanceof Handed.Append append && ++append.attempts > ATTEMPTS) {
                giveUp(handed, "it lost its place " + ATTEMPTS + " times");
            } else {
                decide(handed);
            }
        }
        outcomes.flush();
    }

    /** Each fault once, however often it is met again. */
    private void tell(Exception fault) {
        String text = fault.toString();
        if (!text.equals(told)) {
            LOG.warn("The log {} is not available: {}", config.streamName(), text);
            told = text;
        }
    }

    private void attempt(List<Handed> unresolved) throws IOException, InterruptedException {
        if (feed.failed()) {
            metrics.rebuilds.increment();
            feed.reset();
            settled = LogPoint.ORIGIN;
        }
        if (lost || connection == null) {
            disconnect();
            connection = LogConnection.open(config, this);
            lost = !connection.isOpen();
        }
        tail.reset();
        Map<String, Handed.Append> sought = new HashMap<>();
        for (Handed handed : unresolved) {
            if (handed instanceof Handed.Append append && append.publishedFor > 0) {
                sought.put(append.append.id(), append);
            }
        }
        CatchUp.Reached reached = catchUp.run(connection, new Checkpoint(logId, settled), stored -> {
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
        maxPayload = connection.maxPayload();
        stopped = lost;
        available = !stopped;
        if (!told.isEmpty()) {
            LOG.info("The log {} is available again, at position {}", config.streamName(), head);
            told = "";
        }
        ready.complete(null);
    }

    /** Waits for the replies that are still to come: what the server has yet to handle would only get in the way. */
    private void drain() throws InterruptedException {
        long deadline = System.nanoTime() + DRAIN_TIMEOUT;
        while (!lost && !inFlight.allAnswered() && System.nanoTime() - deadline < 0) {
            if (!takeReplies()) {
                intake.park(PARK, true);
            }
        }
    }

    private void expire(List<Handed> unresolved) {
        long now = System.nanoTime();
        unresolved.removeIf(handed -> {
            if (handed.expired(now)) {
                giveUp(handed, "NATS is not available");
                return true;
            }
            return false;
        });
    }

    /** Unknown, unless it provably is not in the log: never published, or another message is known to stand in its place. */
    private void giveUp(Handed handed, String why) {
        if (handed instanceof Handed.Append append && append.publishedFor > (stopped ? 0 : caughtUp)) {
            outcomes.unknown(handed, "the append may or may not be stored: " + why);
        } else {
            outcomes.unavailable(handed, "nothing was appended: " + why);
        }
    }

    private void turnAwayFor(long millis, List<Handed> unresolved) {
        available = false;
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = 1; left > 0 && !closing; left = until - System.nanoTime()) {
            turnAway();
            expire(unresolved);
            outcomes.flush();
            intake.park(left == 1 ? 1 : left, true);
        }
    }

    private void turnAway() {
        for (Handed handed = intake.poll(); handed != null; handed = intake.poll()) {
            giveUp(handed, "NATS is not available");
        }
    }

    private void finish() throws InterruptedException {
        long deadline = System.nanoTime() + config.appendTimeout().toNanos();
        while (!inFlight.isEmpty() && !lost && !stopped && System.nanoTime() - deadline < 0) {
            if (!takeReplies()) {
                intake.park(PARK, true);
            }
        }
    }

    private void abandon() {
        stopped = true;
        for (Handed handed : inFlight.abandon()) {
            giveUp(handed, "the event log was closed");
        }
        turnAway();
        outcomes.flush();
        disconnect();
    }

    private void disconnect() {
        LogConnection old = connection;
        connection = null;
        if (old != null) {
            old.close();
        }
    }

    void close() {
        closing = true;
        intake.wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        turnAway();
    }
}
