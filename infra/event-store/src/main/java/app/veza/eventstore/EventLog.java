package app.veza.eventstore;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One log opened on this node. */
public final class EventLog implements AutoCloseable {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final long LARGEST_CORRELATION_BYTES = 8 << 20;

    private final EventLogConfig config;
    private final WireFormat wireFormat;
    private final LogIndex index;
    private final IndexFeed feed;
    private final Intake intake;
    private final LogMetrics metrics;
    private final Outcomes outcomes;
    private final Peers peers;
    private final @Nullable Snapshotting snapshotting;
    private final Sequencer sequencer;
    private final AtomicLong tickets = new AtomicLong();
    /** Of this node for as long as it has the log open. */
    private final String node = Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(ByteBuffer.allocate(8)
                    .putLong(new SecureRandom().nextLong())
                    .array());

    private EventLog(EventLogConfig config, MeterRegistry registry, @Nullable SnapshotPolicy policy, FormerLog former) {
        this.config = config;
        this.wireFormat = new WireFormat(config.subjectPrefix(), config.maxAppendEvents(), config.maxAppendBytes());
        this.metrics = new LogMetrics(registry, config.streamName());
        this.index = new LogIndex(config);
        IndexSnapshots snapshots =
                policy == null ? null : new IndexSnapshots(policy.store(), policy.node(), config.indexDirectory());
        this.feed = new IndexFeed(
                index,
                snapshots,
                policy == null ? Long.MAX_VALUE : policy.leastEvents(),
                config.queueBytes(),
                config.streamName());
        this.snapshotting = snapshots == null ? null : new Snapshotting(this, feed, snapshots, policy, metrics);
        this.intake = new Intake(config.maxQueued(), config.queueBytes());
        this.peers = new Peers(config, node);
        var reception = new Reception(intake, peers, index::generation);
        this.outcomes = new Outcomes(metrics, config.streamName(), reception::flush);
        this.sequencer = new Sequencer(config, node, index, feed, intake, outcomes, reception, peers, former, metrics);
        metrics.gauge(
                "event.log.sequencing",
                "1 where appends are sequenced, 0 on other nodes",
                () -> isSequencing() ? 1 : 0);
        metrics.gauge("event.log.head", "Last position acknowledged or indexed", sequencer::head);
        metrics.gauge(
                "event.log.index.lag",
                "Acknowledged events that are not yet indexed",
                () -> sequencer.head() - indexedPosition());
        metrics.gauge("event.log.in.flight", "Appends published and not acknowledged", sequencer::flying);
        metrics.gauge("event.log.queued", "Appends handed in and not published", intake::queued);
    }

    /**
     * Returns once everything that stands in the log is indexed here. Creates the log when there is none, and the index knows of none.
     *
     * @throws LogSettingsException when the stream is not set up as a log, or is gone
     * @throws LogDamagedException when the log does not hold what was appended to it
     * @throws IndexException when the local index cannot be opened
     * @throws IllegalStateException when NATS cannot be reached, or it cannot be asked whether a log stood there
     */
    public static EventLog open(EventLogConfig config, MeterRegistry metrics) {
        return open(config, metrics, null);
    }

    /** The same, with snapshots of the index: one is taken when there is no index here, and one is stored now and then. */
    public static EventLog open(EventLogConfig config, MeterRegistry metrics, @Nullable SnapshotPolicy snapshots) {
        return open(config, metrics, snapshots, FormerLog.NONE);
    }

    /** The same, and no log is created either while one is remembered elsewhere, or it cannot be learnt whether one is. */
    public static EventLog open(
            EventLogConfig config, MeterRegistry metrics, @Nullable SnapshotPolicy snapshots, FormerLog former) {
        var log = new EventLog(config, metrics, snapshots, former);
        try {
            log.sequencer.start();
            if (log.snapshotting != null) {
                log.snapshotting.start();
            }
            return log;
        } catch (CompletionException e) {
            log.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /**
     * Made when the log was created; a restored log, or one that lost its tail, has another one. It changes before anything
     * of the other log can be read here: who finds it unchanged after reading has read what it had before.
     */
    public String logId() {
        return sequencer.logId();
    }

    /** Whether this node sequences the log's appends now; the others hand theirs over to it. */
    public boolean isSequencing() {
        return sequencer.isLeading();
    }

    /** The last position that is acknowledged or indexed here; 0 while the log is empty. */
    public long head() {
        return sequencer.head();
    }

    /** The last position that can be read here. */
    public long indexedPosition() {
        return index.indexedPosition();
    }

    /**
     * Events after+1, after+2, ... as far as they are indexed; never waits, empty when there is none.
     *
     * @throws AppendFailure.Unavailable while the index is built anew, as from all that reads it
     */
    public List<RecordedEvent> read(long after, int maxEvents) {
        return index.read(after, maxEvents);
    }

    /**
     * Of the events that {@link #read(long, int)} gives those of these types, and the last one whatever its type: up to there was
     * looked. What is left out costs a fraction of what is given.
     */
    public List<RecordedEvent> read(long after, int maxEvents, Set<String> types) {
        return index.read(after, maxEvents, types);
    }

    /** Waits until {@code indexedPosition() > position}; false when the time ran out or the thread was interrupted. */
    public boolean awaitPast(long position, Duration atMost) {
        return awaitIndexed(position + 1, atMost);
    }

    /** Waits until {@code indexedPosition() >= position}; false when the time ran out or the thread was interrupted. */
    public boolean awaitIndexed(long position, Duration atMost) {
        try {
            return feed.await(position, atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Asks the stream itself, and tells whether everything that stands in it can be read here. Waits for what is on its way for a
     * moment. False also when that cannot be learnt, as on a node that is cut off; some seconds may pass until then.
     */
    public boolean isCaughtUp() {
        return sequencer.knowsAll(config.appendTimeout()) && awaitIndexed(sequencer.head(), config.appendTimeout());
    }

    /**
     * To be called by whoever durably remembers an event of this log that does not stand in it, though {@link #isCaughtUp}: its end was
     * lost, and this node's own index was from before that. The log's end is read again; if it does not hold that event, the log gets
     * another id, as where the index notices it, so that every other position of it that somebody knows is told apart too. If it does,
     * or has another id by now, nothing changes. Returns at once.
     *
     * @param chainHash of the log up to and with the append that held the position
     */
    public void disown(String logId, long position, byte[] chainHash) {
        sequencer.doubt(new CatchUp.Remembered(logId, position, chainHash));
    }

    /** Called on the indexing thread with the new indexed position; it must not block. Close to end it. */
    public AutoCloseable onIndexed(LongConsumer listener) {
        return feed.listen(listener);
    }

    /** Hash of the log up to and with the append that holds the position. Empty when the position is not indexed. */
    public Optional<byte[]> chainHash(long position) {
        return index.chainHash(position);
    }

    /**
     * Matching events after a position, up to the snapshot's marker. Waits first until everything that this node
     * acknowledged is indexed.
     *
     * @throws AppendFailure.Unavailable when the index does not get there in time
     */
    public Sourcing source(Criteria criteria, long after) {
        awaitHead();
        return sourceIndexed(criteria, after);
    }

    /**
     * The same, as far as is indexed now: who follows the log by {@link #read} and asks about what it was given has nothing to
     * wait for.
     *
     * @throws AppendFailure.Unavailable while the index is built anew
     */
    public Sourcing sourceIndexed(Criteria criteria, long after) {
        // First: what is decided on another log's events under this one's id is turned away
        String logId = logId();
        long marker = index.indexedPosition();
        // Behind it: one that was emptied reaches nowhere, and has nothing to say
        index.requireWhole();
        return new IndexSourcing(index, criteria, after, marker, logId);
    }

    /** Matching events of a range, forwards or backwards. Waits and fails like {@link #source}. */
    public Browsing browse(EventQuery query) {
        awaitHead();
        return browseIndexed(query);
    }

    /** The same, as far as is indexed now, like {@link #sourceIndexed}. */
    public Browsing browseIndexed(EventQuery query) {
        index.requireWhole();
        return new IndexBrowsing(index, query, index.indexedPosition());
    }

    /** What bears this {@link EventMetadata#CORRELATION_ID}. */
    public Correlation correlated(String correlationId, int atMost) {
        List<Long> positions = index.correlated(correlationId, index.indexedPosition(), atMost + 1);
        List<RecordedEvent> events =
                index.events(positions.subList(0, Math.min(atMost, positions.size())), LARGEST_CORRELATION_BYTES);
        return new Correlation(events, events.size() == positions.size());
    }

    /** The types of all events that are indexed here, sorted. */
    public List<String> types() {
        return index.types().stream().sorted().toList();
    }

    /**
     * Stores a snapshot of the index now.
     *
     * @throws IllegalStateException when the log was opened without a place for snapshots
     * @throws IOException when it cannot be stored
     */
    public IndexSnapshot snapshot() throws IOException {
        if (snapshotting == null) {
            throw new IllegalStateException("the log was opened without a place for snapshots");
        }
        return snapshotting.take();
    }

    private void awaitHead() {
        if (!awaitIndexed(sequencer.head(), config.appendTimeout())) {
            throw new AppendFailure.Unavailable("the index lags behind the log", RETRY_AFTER);
        }
    }

    /** The last position before the first event whose timestamp is at or after the instant; the indexed position when there is none. */
    public long positionAt(Instant instant) {
        return InstantSearch.before(instant, index);
    }

    /**
     * Completes with an {@link AppendOutcome}, or exceptionally with an {@link AppendFailure}; never throws.
     * Completions run on one thread for the whole log: hand over what takes long or blocks.
     */
    public CompletableFuture<AppendOutcome> append(AppendRequest request) {
        if (!sequencer.available()) {
            return unavailable("the log is not available");
        }
        try {
            long ticket = tickets.incrementAndGet();
            EncodedAppend encoded = wireFormat.encode(node + "-" + ticket, request);
            // in the caller's thread, because what stands in the log does not change: the sequencer looks only at what
            // came since
            var searched = Handed.Searched.of(request, index, sequencer.windowStart());
            var handed = new Handed.Append(ticket, deadline(), null, encoded, request.condition(), searched);
            Forwarded.requireFits(node, handed, sequencer.maxPayload());
            return offer(handed, handed.future);
        } catch (AppendFailure.Invalid e) {
            metrics.invalid.increment();
            return CompletableFuture.failedFuture(e);
        } catch (AppendFailure.Unavailable | IndexException | IllegalStateException e) {
            return unavailable(e.getMessage());
        }
    }

    /**
     * Whether nothing that matches stands in the log after the position: decided by the sequencer, thus exact, once the
     * outcome of the appends that it depends on is known. Fails like {@link #append}.
     */
    public CompletableFuture<Boolean> isCurrent(Criteria criteria, long after) {
        return isCurrent(criteria, after, null);
    }

    /** The same; fails too when the log is not the one any more that was read. Its id is null: whichever log it is. */
    public CompletableFuture<Boolean> isCurrent(Criteria criteria, long after, @Nullable String logId) {
        if (!sequencer.available()) {
            return unavailable("the log is not available");
        }
        var condition = new AppendCondition(criteria, after, logId);
        var check = new Handed.Check(tickets.incrementAndGet(), deadline(), null, condition);
        return offer(check, check.future).thenApply(conflict -> conflict == 0);
    }

    /** The append of a command id, as far as it is indexed here. {@link #recorded} knows also what is under way. */
    public Optional<AppendOutcome.Duplicate> appendedBy(String commandId) {
        return index.command(commandId).map(RecordedCommand::asOutcome);
    }

    /** What a command id appended, once the outcome of an append that is under way is known. Fails like {@link #append}. */
    public CompletableFuture<Optional<AppendOutcome.Duplicate>> recorded(String commandId) {
        if (!sequencer.available()) {
            return unavailable("the log is not available");
        }
        var lookup = new Handed.Lookup(tickets.incrementAndGet(), deadline(), null, commandId);
        return offer(lookup, lookup.future);
    }

    private <T> CompletableFuture<T> offer(Handed handed, CompletableFuture<T> future) {
        return intake.offer(handed) ? future : unavailable("too many appends wait already");
    }

    private long deadline() {
        return System.nanoTime() + config.appendTimeout().toNanos();
    }

    private <T> CompletableFuture<T> unavailable(String why) {
        metrics.unavailable.increment();
        return CompletableFuture.failedFuture(
                new AppendFailure.Unavailable("nothing was appended: " + why, RETRY_AFTER));
    }

    /** Settles what is in flight, flushes the index. */
    @Override
    public void close() {
        if (snapshotting != null) {
            snapshotting.close();
        }
        sequencer.close();
        outcomes.close();
        peers.close();
        feed.close();
        index.close();
    }
}
