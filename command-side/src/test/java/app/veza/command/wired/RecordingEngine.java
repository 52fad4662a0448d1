package app.veza.command.wired;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.jspecify.annotations.Nullable;

/** Axon's engine in memory, remembering what was appended. */
final class RecordingEngine implements EventStorageEngine {

    private final EventStorageEngine engine = new InMemoryEventStorageEngine();
    private final List<Object> appended = new CopyOnWriteArrayList<>();

    List<Object> appended() {
        return List.copyOf(appended);
    }

    @Override
    public CompletableFuture<AppendTransaction<?>> appendEvents(
            AppendCondition condition, @Nullable ProcessingContext context, List<TaggedEventMessage<?>> events) {
        return engine.appendEvents(condition, context, events).thenApply(transaction -> recording(transaction, events));
    }

    private <R> AppendTransaction<R> recording(AppendTransaction<R> transaction, List<TaggedEventMessage<?>> events) {
        return new AppendTransaction<>() {
            @Override
            public CompletableFuture<R> commit(@Nullable ProcessingContext context) {
                return transaction.commit(context).whenComplete((result, failure) -> {
                    if (failure == null) {
                        events.forEach(tagged -> appended.add(tagged.event().payload()));
                    }
                });
            }

            @Override
            public void rollback(@Nullable ProcessingContext context) {
                transaction.rollback(context);
            }

            @Override
            public CompletableFuture<ConsistencyMarker> afterCommit(R result, @Nullable ProcessingContext context) {
                return transaction.afterCommit(result, context);
            }
        };
    }

    @Override
    public MessageStream<EventMessage> source(SourcingCondition condition, @Nullable ProcessingContext context) {
        return engine.source(condition, context);
    }

    @Override
    public MessageStream<EventMessage> stream(StreamingCondition condition, @Nullable ProcessingContext context) {
        return engine.stream(condition, context);
    }

    @Override
    public CompletableFuture<TrackingToken> firstToken(@Nullable ProcessingContext context) {
        return engine.firstToken(context);
    }

    @Override
    public CompletableFuture<TrackingToken> latestToken(@Nullable ProcessingContext context) {
        return engine.latestToken(context);
    }

    @Override
    public CompletableFuture<TrackingToken> tokenAt(Instant at, @Nullable ProcessingContext context) {
        return engine.tokenAt(at, context);
    }

    @Override
    public void describeTo(ComponentDescriptor descriptor) {
        engine.describeTo(descriptor);
    }
}
