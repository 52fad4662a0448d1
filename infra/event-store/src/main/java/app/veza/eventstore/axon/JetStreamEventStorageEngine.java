package app.veza.eventstore.axon;

import app.veza.eventstore.AppendFailure;
import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.Browsing;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventQuery;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.PositionNotReachedException;
import app.veza.eventstore.Sourcing;
import app.veza.eventstore.json.JacksonEventCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EmptyAppendTransaction;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.GlobalIndexPosition;
import org.axonframework.eventsourcing.eventstore.Position;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.jspecify.annotations.Nullable;

/**
 * The event log for Axon. A token and a marker are both a position: of the last event included. Both name their log besides ({@link
 * LogToken}): once the log was restored, or lost its end, {@link #stream} fails for those from before, and whoever follows it has to begin
 * anew (a processor by {@code resetTokens()}); an append that was decided on what was read before is unavailable. Tokens without a log, as
 * they were stored before, and markers of Axon's own are taken for this one's.
 *
 * <p>An append fails with Axon's {@link org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException}
 * when its condition does not hold, with {@link DuplicateAppendException} when its command id was appended before, and with
 * an {@link AppendFailure} otherwise.
 */
public final class JetStreamEventStorageEngine implements EventStorageEngine {

    /** How long a reader waits for the position that it needs. */
    private static final Duration INDEX_WAIT = Duration.ofSeconds(2);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final EventLog log;
    private final CriteriaTranslation translation;
    private final EventMessages messages;

    public JetStreamEventStorageEngine(EventLog log, JacksonEventCodec codec, PersonalTags personalTags) {
        this.log = log;
        this.translation = new CriteriaTranslation(personalTags);
        this.messages = new EventMessages(codec, translation);
    }

    @Override
    public CompletableFuture<AppendTransaction<?>> appendEvents(
            AppendCondition condition, @Nullable ProcessingContext context, List<TaggedEventMessage<?>> events) {
        if (events.isEmpty()) {
            return CompletableFuture.completedFuture(EmptyAppendTransaction.INSTANCE);
        }
        try {
            return CompletableFuture.completedFuture(append(condition, DecisionContext.in(context), events));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private LogAppend append(
            AppendCondition condition, @Nullable DecisionContext decision, List<TaggedEventMessage<?>> events) {
        Map<String, String> metadata = decision == null ? Map.of() : decision.metadata();
        List<NewEvent> encoded = new ArrayList<>(events.size());
        List<Object> payloads = new ArrayList<>(events.size());
        for (TaggedEventMessage<?> event : events) {
            encoded.add(messages.toLog(event, metadata));
            payloads.add(event.event().payload());
        }
        AppendRequest request = AppendRequest.of(encoded);
        // Without a condition the marker is infinite: nothing lies after it
        ConsistencyMarker marker = condition.consistencyMarker();
        if (marker != ConsistencyMarker.INFINITY) {
            request = request.provided(
                    translation.criteria(condition.criteria()),
                    positionOf(marker),
                    marker instanceof LogMarker read ? read.logId() : null);
        }
        if (decision != null && decision.commandId() != null) {
            request = request.forCommand(decision.commandId(), decision.fingerprint());
        }
        return new LogAppend(log, request, payloads);
    }

    @Override
    public MessageStream<EventMessage> source(SourcingCondition condition, @Nullable ProcessingContext context) {
        try {
            DecisionContext decision = DecisionContext.in(context);
            if (decision != null) {
                awaitIndexed(decision.minPosition());
            }
            Criteria criteria = translation.criteria(condition.criteria());
            Sourcing sourcing = log.source(criteria, Math.max(0, GlobalIndexPosition.toIndex(condition.start())));
            if (decision != null) {
                decision.recordSourced(criteria, sourcing);
            }
            return new SourcedMessageStream(sourcing, messages);
        } catch (RuntimeException e) {
            return MessageStream.failed(e).cast();
        }
    }

    /**
     * From where sourcing reads the last event that matches and what is appended later, and none of those before: it is found
     * from the end, however many there are. The log's start when none matches.
     *
     * @throws AppendFailure.Unavailable when this node's index does not reach the log's end in time
     */
    public Position beforeLast(EventCriteria criteria) {
        Browsing backwards =
                log.browse(EventQuery.of(translation.criteria(criteria)).backwards());
        return backwards.hasNext()
                ? new GlobalIndexConsistencyMarker(backwards.next().position() - 1).position()
                : Position.START;
    }

    /**
     * Waits until what is read here is no older than a position.
     *
     * @return how far it reaches
     * @throws PositionNotReachedException when the log does not reach that far, as far as is known here
     * @throws AppendFailure.Unavailable when this node's index does not in time
     */
    public long awaitIndexed(long position) {
        if (position > log.indexedPosition() && !log.awaitIndexed(position, INDEX_WAIT)) {
            long head = log.head();
            if (position > head) {
                throw new PositionNotReachedException(position, head);
            }
            throw new AppendFailure.Unavailable(
                    "This node has read the log to %d, not yet to %d".formatted(log.indexedPosition(), position),
                    RETRY_AFTER);
        }
        return log.indexedPosition();
    }

    @Override
    public MessageStream<EventMessage> stream(StreamingCondition condition, @Nullable ProcessingContext context) {
        return TailingStream.open(log, translation.criteria(condition.criteria()), condition.position(), messages);
    }

    @Override
    public CompletableFuture<TrackingToken> firstToken(@Nullable ProcessingContext context) {
        return token(() -> 0);
    }

    @Override
    public CompletableFuture<TrackingToken> latestToken(@Nullable ProcessingContext context) {
        return token(() -> awaitIndexed(log.head()));
    }

    @Override
    public CompletableFuture<TrackingToken> tokenAt(Instant at, @Nullable ProcessingContext context) {
        return token(() -> {
            // Times are looked up in the index: without this wait an event just acknowledged would be passed over
            awaitIndexed(log.head());
            return log.positionAt(at);
        });
    }

    @Override
    public void describeTo(ComponentDescriptor descriptor) {
        descriptor.describeProperty("logId", log.logId());
    }

    /** The log is asked first: a position of the next one under its id is found out when it is used, one of it under the next's never. */
    private CompletableFuture<TrackingToken> token(LongSupplier position) {
        String logId = log.logId();
        try {
            return CompletableFuture.completedFuture(new LogToken(logId, position.getAsLong()));
        } catch (AppendFailure.Unavailable | PositionNotReachedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Axon's origin lies at -1, the log's at 0. */
    private static long positionOf(ConsistencyMarker marker) {
        return Math.max(0, GlobalIndexConsistencyMarker.position(marker));
    }
}
