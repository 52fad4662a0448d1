package app.veza.eventstore.axon;

import app.veza.eventstore.AppendOutcome;
import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.EventLog;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine.AppendTransaction;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.jspecify.annotations.Nullable;

/** One append, made when Axon commits. Nothing is written before, so there is nothing to roll back. */
final class LogAppend implements AppendTransaction<AppendOutcome.Appended> {

    private final EventLog log;
    private final AppendRequest request;
    private final List<Object> payloads;
    private final AtomicBoolean finished = new AtomicBoolean();

    LogAppend(EventLog log, AppendRequest request, List<Object> payloads) {
        this.log = log;
        this.request = request;
        this.payloads = payloads;
    }

    /**
     * Waits for the outcome on the calling thread: what Axon and its caller do next would otherwise run on the log's one
     * completion thread.
     */
    @Override
    public CompletableFuture<AppendOutcome.Appended> commit(@Nullable ProcessingContext context) {
        if (finished.getAndSet(true)) {
            return CompletableFuture.failedFuture(new IllegalStateException("Already committed or rolled back"));
        }
        try {
            return switch (log.append(request).join()) {
                case AppendOutcome.Appended appended -> {
                    DecisionContext decision = DecisionContext.in(context);
                    if (decision != null) {
                        decision.recordAppended(payloads, appended.lastPosition());
                    }
                    yield CompletableFuture.completedFuture(appended);
                }
                case AppendOutcome.Refused refused ->
                    CompletableFuture.failedFuture(new AppendEventsTransactionRejectedException(
                            "The event at position %d matches the condition".formatted(refused.conflictingPosition())));
                case AppendOutcome.Duplicate earlier ->
                    CompletableFuture.failedFuture(new DuplicateAppendException(earlier));
            };
        } catch (CompletionException e) {
            return CompletableFuture.failedFuture(e.getCause() == null ? e : e.getCause());
        }
    }

    @Override
    public void rollback(@Nullable ProcessingContext context) {
        finished.set(true);
    }

    @Override
    public CompletableFuture<ConsistencyMarker> afterCommit(
            AppendOutcome.Appended appended, @Nullable ProcessingContext context) {
        return CompletableFuture.completedFuture(new GlobalIndexConsistencyMarker(appended.lastPosition()));
    }
}
