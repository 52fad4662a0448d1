package app.veza.eventstore;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the log's end from the stream into the index, and first makes sure that it is the log that the index knows. */
final class CatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final int MESSAGES = 2048;
    private static final int LARGEST_BACKLOG = 8192;

    private final LogIndex index;
    private final IndexFeed feed;
    private final LogMetrics metrics;

    CatchUp(LogIndex index, IndexFeed feed, LogMetrics metrics) {
        this.index = index;
        this.feed = feed;
        this.metrics = metrics;
    }

    /**
     * @param point the last append of the log
     * @param streamSequence the stream's last message, void ones counted
     */
    record Reached(String logId, LogPoint point, long streamSequence) {}

    /**
     * @param known up to where this node has read; null: as far as its index says
     * @param found is told of every append that is read
     */
    Reached run(LogConnection connection, Checkpoint known, Consumer<StoredAppend> found)
            throws IOException, InterruptedException {
        LogConnection.StreamState stream = connection.openStream();
        LogPoint point = known.point();
        String mismatch = mismatch(connection, stream, known);
        if (!mismatch.isEmpty()) {
            LOG.warn("The index is built anew from the log: {}", mismatch);
            metrics.rebuilds.increment();
            feed.reset();
            point = LogPoint.ORIGIN;
        }
        long sequence = point.sequence();
        long last = stream.lastSequence();
        while (sequence < last) {
            List<LogMessage> messages = connection.read(sequence + 1, (int) Math.min(MESSAGES, last - sequence));
            if (messages.isEmpty()) {
                throw new IOException("JetStream does not deliver sequence " + (sequence + 1));
            }
            for (LogMessage message : messages) {
                sequence = message.sequence();
                point = take(point, message, stream.logId(), found);
            }
            while (feed.backlog() > LARGEST_BACKLOG) {
                feed.await(index.indexedPosition() + 1, java.time.Duration.ofMillis(20));
                if (feed.failed()) {
                    feed.drain();
                }
            }
        }
        feed.drain();
        index.whole();
        return new Reached(stream.logId(), point, sequence);
    }

    private LogPoint take(LogPoint point, LogMessage message, String logId, Consumer<StoredAppend> found) {
        return switch (LogReading.of(point, message)) {
            case LogReading.Valid(StoredAppend append) -> {
                feed.add(append, logId);
                found.accept(append);
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
    private static String mismatch(LogConnection connection, LogConnection.StreamState stream, Checkpoint known)
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
            return "the log has lost its tail, it ends at stream sequence %d and was read up to %d"
                    .formatted(stream.lastSequence(), point.sequence());
        }
        LogMessage message = connection.read(point.sequence(), 1).getFirst();
        String hash = message.headers().getFirst(WireFormat.CHAIN);
        return Chain.text(point.chainHash()).equals(hash)
                ? ""
                : "at stream sequence %d stands another append than was read there".formatted(point.sequence());
    }
}
