package app.veza.eventstore.axon;

import app.veza.eventstore.AppendFailure;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.RecordedEvent;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.axonframework.common.Registration;
import org.axonframework.eventsourcing.eventstore.ContinuousMessageStream;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.WrappedToken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An endless stream of matching events, read from the index as it grows. It fails when the log is replaced, for its position is of the one
 * that was, and so does each that is opened with a token from before.
 */
final class TailingStream {

    private static final Logger logger = LoggerFactory.getLogger(TailingStream.class);
    private static final int BATCH = 256;

    private final EventLog log;
    private final String logId;
    private final Criteria criteria;
    private long lookedAt;

    private TailingStream(EventLog log, Criteria criteria, long after) {
        this.log = log;
        this.logId = log.logId();
        this.criteria = criteria;
        this.lookedAt = after;
    }

    /** @param from null: from the log's start; when it is of another log, the stream fails at once */
    static MessageStream<EventMessage> open(
            EventLog log, Criteria criteria, @Nullable TrackingToken from, EventMessages messages) {
        TrackingToken after = WrappedToken.unwrapLowerBound(from);
        TailingStream tail = new TailingStream(log, criteria, positionOf(after));
        if (after instanceof LogToken token && !token.getLogId().equals(tail.logId)) {
            return MessageStream.failed(replaced(token.getLogId(), tail.logId, tail.lookedAt))
                    .cast();
        }
        // Axon's stream calls the fetcher under its own lock, so the position needs no other
        return new ContinuousMessageStream<RecordedEvent>(
                tail::nextMatching,
                event -> messages.toAxon(event, tail.logId),
                (stream, callback) -> onGrowth(log, callback));
    }

    private List<RecordedEvent> nextMatching(@Nullable RecordedEvent last) {
        while (true) {
            List<RecordedEvent> batch = read();
            // Looked at behind the reading: found unchanged, it is what was read
            if (!log.logId().equals(logId)) {
                throw replaced(logId, log.logId(), lookedAt);
            }
            if (batch.isEmpty()) {
                return List.of();
            }
            lookedAt = batch.getLast().position();
            List<RecordedEvent> matching = batch.stream()
                    .filter(event -> criteria.matches(event.type(), event.tags()))
                    .toList();
            if (!matching.isEmpty()) {
                return matching;
            }
        }
    }

    private static IllegalStateException replaced(String logId, String by, long position) {
        return new IllegalStateException(
                "Log %s was replaced by log %s: position %d means another event in it, or none. Whoever follows it has to begin anew"
                        .formatted(logId, by, position));
    }

    private static long positionOf(@Nullable TrackingToken token) {
        return token == null ? 0 : Math.max(0, token.position().orElse(0));
    }

    /** While the index is built anew there is nothing to read, and its growth tells when there is again. */
    private List<RecordedEvent> read() {
        try {
            return log.read(lookedAt, BATCH);
        } catch (AppendFailure.Unavailable rebuilt) {
            logger.debug("A stream waits behind position {}: {}", lookedAt, rebuilt.getMessage());
            return List.of();
        }
    }

    /** The log's listeners must not block and Axon's callback may process events: a thread of its own stands between. */
    private static Registration onGrowth(EventLog log, Runnable callback) {
        Semaphore growth = new Semaphore(0);
        AutoCloseable listening = log.onIndexed(position -> growth.release());
        Thread caller = Thread.ofVirtual().name("event-stream").start(() -> {
            try {
                while (true) {
                    growth.acquire();
                    growth.drainPermits();
                    callback.run();
                }
            } catch (InterruptedException cancelled) {
                logger.debug("An event stream ended");
            }
        });
        return () -> {
            caller.interrupt();
            close(listening);
            return true;
        };
    }

    private static void close(AutoCloseable listening) {
        try {
            listening.close();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot stop listening to the log", e);
        }
    }
}
