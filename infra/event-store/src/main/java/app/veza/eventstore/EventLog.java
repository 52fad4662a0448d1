package app.veza.eventstore;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/** One log opened on this node. */
public final class EventLog implements AutoCloseable {
    private EventLog() {}

    /** Returns once everything that stands in the log is indexed here. */
    public static EventLog open(EventLogConfig config, MeterRegistry metrics) {
        throw new UnsupportedOperationException();
    }

    /** Made when the log was created; a restored log has another one. */
    public String logId() {
        throw new UnsupportedOperationException();
    }

    /** The last position that is acknowledged or indexed here; 0 while the log is empty. */
    public long head() {
        throw new UnsupportedOperationException();
    }

    /** The last position that can be read here. */
    public long indexedPosition() {
        throw new UnsupportedOperationException();
    }

    /** Events after+1, after+2, ... as far as they are indexed; never waits, empty when there is none. */
    public List<RecordedEvent> read(long after, int maxEvents) {
        throw new UnsupportedOperationException();
    }

    /** Waits until {@code indexedPosition() > position}; false when the time ran out. */
    public boolean awaitPast(long position, Duration atMost) {
        throw new UnsupportedOperationException();
    }

    /** Waits until {@code indexedPosition() >= position}; false when the time ran out. */
    public boolean awaitIndexed(long position, Duration atMost) {
        throw new UnsupportedOperationException();
    }

    /** Called on the indexing thread with the new indexed position; it must not block. Close to end it. */
    public AutoCloseable onIndexed(LongConsumer listener) {
        throw new UnsupportedOperationException();
    }

    /** Hash of the log up to and with the append that holds the position. Empty when the position is not indexed. */
    public Optional<byte[]> chainHash(long position) {
        throw new UnsupportedOperationException();
    }

    /**
     * Matching events after a position, up to the snapshot's marker. Waits first until everything that this node
     * acknowledged is indexed.
     *
     * @throws AppendFailure.Unavailable when the index does not get there in time
     */
    public Sourcing source(Criteria criteria, long after) {
        throw new UnsupportedOperationException();
    }

    /** The last position before the first event whose timestamp is at or after the instant; the head when there is none. */
    public long positionAt(Instant instant) {
        throw new UnsupportedOperationException();
    }

    /**
     * Completes with an {@link AppendOutcome}, or exceptionally with an {@link AppendFailure}.
     * Never throws. Completions run on one thread for the whole log: hand over what takes long or blocks.
     */
    public CompletableFuture<AppendOutcome> append(AppendRequest request) {
        throw new UnsupportedOperationException();
    }

    /**
     * Whether nothing that matches stands in the log after the position: decided by the sequencer, thus exact, once the
     * outcome of the appends that it depends on is known.
     */
    public CompletableFuture<Boolean> isCurrent(Criteria criteria, long after) {
        throw new UnsupportedOperationException();
    }

    /** The append of a command id, as far as it is indexed here. */
    public Optional<AppendOutcome.Duplicate> appendedBy(String commandId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
