package app.veza.eventstore;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the log's end from the stream into the index, and first makes sure that it is the log that the index knows. */
final class CatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final int MESSAGES = 2048;
    /** While following, so that what this node hands over does not wait for long. */
    private static final int FEW_MESSAGES = 256;

    private static final int LARGEST_BACKLOG = 8192;

    /** By then whoever leads the stream has told a server so that was paused. */
    private static final Duration FOR_A_WHILE = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final LogIndex index;
    private final IndexFeed feed;
    private final FormerLog former;
    private final LogMetrics metrics;
    private final AtomicReference<@Nullable Remembered> doubt = new AtomicReference<>();

    /** An event of a log, as somebody durably remembers it. */
    record Remembered(String logId, long position, byte[] chainHash) {}

    /** Is told of what is read. */
    interface Reader {
        /** The log is not what it was: it is read from its start. */
        void forget(String logId);

        void read(StoredAppend append);

        /** After every batch: whether to read on. */
        default boolean goesOn() {
            return true;
        }
    }

    /** @param former asked before an empty log is made */
    CatchUp(LogIndex index, IndexFeed feed, FormerLog former, LogMetrics metrics) {
        this.index = index;
        this.feed = feed;
        this.former = former;
        this.metrics = metrics;
    }

    /**
     * @param point the last append of the log
     * @param streamSequence the stream's last message, void ones counted
     */
    record Reached(String logId, LogPoint point, long streamSequence) {}

    /** The next run looks whether this still stands in the log; if not, the log is not the one any more that bore the id. */
    void doubt(Remembered remembered) {
        doubt.set(remembered);
    }

    boolean isInDoubt() {
        return doubt.get() != null;
    }

    /** Checks the log's identity, reads to its end and waits until that is indexed. */
    Reached run(LogConnection connection, Checkpoint known, Reader reader) throws IOException, InterruptedException {
        Reached reached = readToEnd(connection, known, 0, reader);
        Remembered remembered = doubt.get();
        if (remembered == null) {
            return reached;
        }
        if (isBehind(reached, remembered)) {
            reached = readBehindTheEnd(connection, reached, remembered, reader);
        }
        if (remembered.logId.equals(reached.logId) && !holds(remembered)) {
            String logId = connection.stream().renewIdentity(reached.logId);
            LOG.error(
                    "Events of log {} are lost or replaced: position {} is remembered with another hash. It is log {} from now on."
                            + " Restore a backup if there is one",
                    reached.logId(),
                    remembered.position,
                    logId);
            reached = readToEnd(connection, new Checkpoint(reached.logId(), reached.point()), 0, reader);
        }
        doubt.compareAndSet(remembered, null);
        return reached;
    }

    private static boolean isBehind(Reached reached, Remembered remembered) {
        return remembered.logId.equals(reached.logId) && remembered.position > reached.point.position();
    }

    /**
     * What is remembered may stand behind the end that was told of, by a server that has slept: whatever server has more of the log is read
     * for a while, and then to the end that is proven. What is appended meanwhile does not matter: what is remembered stood there before.
     */
    private Reached readBehindTheEnd(LogConnection connection, Reached from, Remembered remembered, Reader reader)
            throws IOException, InterruptedException {
        Reached reached = from;
        long until = System.nanoTime() + FOR_A_WHILE.toNanos();
        while (isBehind(reached, remembered) && System.nanoTime() - until < 0) {
            if (!reader.goesOn()) {
                throw new IOException(Recovery.CLOSED);
            }
            long before = reached.streamSequence;
            reached = step(connection, reached, MESSAGES, reader);
            awaitIndex();
            if (reached.streamSequence == before) {
                Thread.sleep(PAUSE);
            }
        }
        long end = isBehind(reached, remembered) ? connection.stream().provenEnd() : 0;
        return readToEnd(connection, new Checkpoint(reached.logId, reached.point), end, reader);
    }

    private boolean holds(Remembered remembered) {
        return index.chainHash(remembered.position)
                .filter(hash -> Arrays.equals(hash, remembered.chainHash))
                .isPresent();
    }

    /** @param end the stream is known to reach so far at least */
    private Reached readToEnd(LogConnection connection, Checkpoint known, long end, Reader reader)
            throws IOException, InterruptedException {
        LogStream.State stream = connection.stream().open(known, former);
        LogPoint point = known.point();
        String mismatch = mismatch(connection, stream, known);
        if (!mismatch.isEmpty()) {
            LOG.warn("The index is built anew from the log: {}", mismatch);
            if (known.logId().equals(stream.logId())) {
                stream = new LogStream.State(connection.stream().renewIdentity(stream.logId()), stream.lastSequence());
                LOG.error(
                        "Events of log {} are lost or replaced; it is log {} from now on. Restore a backup if there is one",
                        known.logId(),
                        stream.logId());
            }
            metrics.rebuilds.increment();
            feed.reset();
            reader.forget(stream.logId());
            point = LogPoint.ORIGIN;
        }
        long last = Math.max(end, stream.lastSequence());
        if (point.sequence() == 0 && feed.isWorthASnapshot(last)) {
            point = restored(connection, stream);
        }
        Reached reached = new Reached(stream.logId(), point, point.sequence());
        while (reached.streamSequence < last) {
            long before = reached.streamSequence;
            if (!reader.goesOn()) {
                throw new IOException(Recovery.CLOSED);
            }
            reached = step(connection, reached, (int) Math.min(MESSAGES, last - before), reader);
            if (reached.streamSequence == before) {
                throw new IOException("JetStream does not deliver sequence " + (before + 1));
            }
            awaitIndex();
        }
        feed.drain();
        index.whole();
        return reached;
    }

    /** What is read waits in memory for being indexed. */
    private void awaitIndex() throws InterruptedException {
        while (feed.isBehind(LARGEST_BACKLOG)) {
            feed.await(index.indexedPosition() + 1, Duration.ofMillis(20));
            if (feed.failed()) {
                feed.drain();
            }
        }
    }

    /** The end of a snapshot of the index when there is one of this very log, else the log's start. */
    private LogPoint restored(LogConnection connection, LogStream.State stream)
            throws IOException, InterruptedException {
        Optional<Checkpoint> restored = feed.restore(stream.logId());
        if (restored.isEmpty()) {
            return LogPoint.ORIGIN;
        }
        String mismatch = mismatch(connection, stream, restored.get());
        if (!mismatch.isEmpty()) {
            LOG.warn("A snapshot of the index is not used, the index is built from the log: {}", mismatch);
            LogPoint lost = restored.get().point();
            doubt(new Remembered(stream.logId(), lost.position(), lost.chainHash()));
            feed.reset();
            return LogPoint.ORIGIN;
        }
        metrics.restores.increment();
        return restored.get().point();
    }

    /** Reads a little further; on a replica of the stream that lags maybe less than is there, or nothing. */
    Reached readOn(LogConnection connection, Reached from, long upTo, Reader reader)
            throws IOException, InterruptedException {
        return step(connection, from, (int) Math.min(FEW_MESSAGES, upTo - from.streamSequence), reader);
    }

    private Reached step(LogConnection connection, Reached from, int count, Reader reader)
            throws IOException, InterruptedException {
        LogPoint point = from.point;
        long sequence = from.streamSequence;
        List<LogMessage> messages = connection.read(sequence + 1, count);
        for (LogMessage message : messages) {
            sequence = message.sequence();
            point = take(point, message, from.logId, reader);
        }
        return new Reached(from.logId, point, sequence);
    }

    private LogPoint take(LogPoint point, LogMessage message, String logId, Reader reader) {
        return switch (LogReading.of(point, message)) {
            case LogReading.Valid(StoredAppend append) -> {
                feed.add(append, logId);
                reader.read(append);
                yield append.point();
            }
            case LogReading.Void(String reason) -> {
                metrics.voids.increment();
                LOG.warn("Stream sequence {} is no part of the log: {}", message.sequence(), reason);
                yield point;
            }
        };
    }

    /** Positions must not silently mean other events: the log's id, its length and its hash have to be what they were. */
    private static String mismatch(LogConnection connection, LogStream.State stream, Checkpoint known)
            throws IOException, InterruptedException {
        LogPoint point = known.point();
        if (!known.logId().equals(stream.logId())) {
            return known.logId().isEmpty() && point.sequence() == 0
                    ? ""
                    : "it belongs to log %s, the stream holds log %s".formatted(known.logId(), stream.logId());
        }
        if (point.sequence() == 0) {
            return "";
        }
        if (stream.lastSequence() < point.sequence()) {
            // Told before a snapshot that reaches further was fetched, or by a server that has slept
            long last = reach(connection, point.sequence());
            if (last < point.sequence()) {
                return "the log has lost its tail, it ends at stream sequence %d and was read up to %d"
                        .formatted(last, point.sequence());
            }
        }
        List<LogMessage> last = connection.read(point.sequence(), 1);
        if (last.isEmpty()) {
            throw new IOException("JetStream does not deliver sequence " + point.sequence());
        }
        String hash = last.getFirst().headers().getFirst(WireFormat.CHAIN);
        return Chain.text(point.chainHash()).equals(hash)
                ? ""
                : "at stream sequence %d stands another append than was read there".formatted(point.sequence());
    }

    /**
     * How far the stream reaches, where it was told to end before what is known to have stood there. A server that was paused, and still takes
     * itself for the stream's leader, tells what it knew before: so it is asked again, and so is for the message itself whoever has it.
     *
     * @return less than {@code known}, the end then, only when that is so in the end; else that or more
     * @throws IOException when it is so by the account of a server that does not hear of the others, or the stream was restored meanwhile
     */
    private static long reach(LogConnection connection, long known) throws IOException, InterruptedException {
        long until = System.nanoTime() + FOR_A_WHILE.toNanos();
        while (System.nanoTime() - until < 0) {
            long last = connection.stream().end();
            if (last >= known || !connection.read(known, 1).isEmpty()) {
                return Math.max(last, known);
            }
            Thread.sleep(PAUSE);
        }
        return connection.stream().provenEnd();
    }
}
