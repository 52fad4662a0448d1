package app.veza.eventstore.command;

import app.veza.eventstore.AppendFailure;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventMetadata;
import app.veza.eventstore.PositionNotReachedException;
import app.veza.eventstore.axon.DecisionContext;
import app.veza.eventstore.axon.DuplicateAppendException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.axonframework.common.IdentifierFactory;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.MessageTypeResolver;

/**
 * Decides on Axon's command bus, as often as others come between, and tells the outcomes apart. Everything runs, and waits,
 * on the calling thread.
 */
final class LogCommandExecutor implements CommandExecutor {

    /** What an attempt came to: an outcome; or, with none, facts that had changed meanwhile. */
    private sealed interface Attempt {
        record Settled(CommandOutcome outcome) implements Attempt {}

        record Overtaken(Throwable cause) implements Attempt {}
    }

    private final EventLog log;
    private final AppendedCommands appendedCommands;
    private final CommandBus commandBus;
    private final MessageTypeResolver messageTypes;
    private final RetryPolicy retryPolicy;

    LogCommandExecutor(
            EventLog log,
            AppendedCommands appendedCommands,
            CommandBus commandBus,
            MessageTypeResolver messageTypes,
            RetryPolicy retryPolicy) {
        this.log = log;
        this.appendedCommands = appendedCommands;
        this.commandBus = commandBus;
        this.messageTypes = messageTypes;
        this.retryPolicy = retryPolicy;
    }

    @Override
    public CompletableFuture<CommandOutcome> execute(Object command, CommandOptions options) {
        try {
            return CompletableFuture.completedFuture(decide(command, options));
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(told(bare(e)));
        }
    }

    private static Throwable told(Throwable failure) {
        return switch (failure) {
            case AppendFailure.Unknown unknown -> new OutcomeUnknownException(unknown.getMessage(), unknown);
            case AppendFailure.Unavailable away ->
                new EventLogUnavailableException(away.getMessage(), away.retryAfter(), away);
            default -> failure;
        };
    }

    private CommandOutcome decide(Object command, CommandOptions options) throws Throwable {
        MessageType type = messageTypes.resolveOrThrow(command);
        Map<String, String> metadata = withOrigin(options);
        for (int attempt = 1; ; attempt++) {
            // A repeat must not be decided again: a registration would find its own name taken
            Optional<CommandOutcome> earlier = appendedCommands.answer(options);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            switch (attempt(type, command, options, metadata)) {
                case Attempt.Settled settled -> {
                    return settled.outcome();
                }
                case Attempt.Overtaken overtaken -> {
                    if (attempt == retryPolicy.attempts()) {
                        throw new CommandConflictException(attempt, overtaken.cause());
                    }
                    retryPolicy.pauseAfter(attempt);
                }
            }
        }
    }

    /** Every event tells what it is part of and what led to it: where nobody said so, the command. */
    private static Map<String, String> withOrigin(CommandOptions options) {
        String id = options.commandId() == null
                ? IdentifierFactory.getInstance().generateIdentifier()
                : options.commandId();
        Map<String, String> metadata = new HashMap<>(options.metadata());
        metadata.putIfAbsent(EventMetadata.CORRELATION_ID, id);
        metadata.putIfAbsent(EventMetadata.CAUSATION_ID, id);
        return metadata;
    }

    private Attempt attempt(MessageType type, Object command, CommandOptions options, Map<String, String> metadata)
            throws Throwable {
        DecisionContext decision =
                new DecisionContext(options.commandId(), options.fingerprint(), options.minPosition(), metadata);
        try {
            commandBus
                    .dispatch(new CommandToDecide(type, command, decision), null)
                    .join();
        } catch (CompletionException e) {
            return failed(bare(e), decision, options);
        }
        if (decision.appended().isEmpty()) {
            // To find nothing to do is an answer about what was read, like a rejection
            return isCurrent(decision)
                    ? new Attempt.Settled(new CommandOutcome(positionRead(decision), List.of(), false))
                    : new Attempt.Overtaken(staleRead());
        }
        return new Attempt.Settled(new CommandOutcome(decision.lastPosition(), decision.appended(), false));
    }

    private Attempt failed(Throwable failure, DecisionContext decision, CommandOptions options) throws Throwable {
        switch (failure) {
            case AppendEventsTransactionRejectedException conflict -> {
                return new Attempt.Overtaken(conflict);
            }
            case DuplicateAppendException duplicate -> {
                return new Attempt.Settled(appendedCommands.answer(duplicate.earlier(), options));
            }
            case AppendFailure notAppended -> throw notAppended;
            case PositionNotReachedException nowhere -> throw nowhere;
            case Error error -> throw error;
            default -> {
                if (!isCurrent(decision)) {
                    return new Attempt.Overtaken(failure);
                }
                // A first run may be what led to this rejection, or be under way
                Optional<CommandOutcome> earlier = appendedCommands.settledAnswer(options);
                if (earlier.isPresent()) {
                    return new Attempt.Settled(earlier.get());
                }
                throw failure;
            }
        }
    }

    /** Exact, asked of the sequencer: the index that was read may lag behind what other nodes were told. */
    private boolean isCurrent(DecisionContext decision) {
        List<CompletableFuture<Boolean>> answers = decision.sourced().stream()
                .map(sourced -> log.isCurrent(sourced.criteria(), sourced.marker(), sourced.logId()))
                .toList();
        return answers.stream().allMatch(CompletableFuture::join);
    }

    private long positionRead(DecisionContext decision) {
        return decision.sourced().stream()
                .mapToLong(DecisionContext.Sourced::marker)
                .max()
                .orElseGet(log::head);
    }

    private static AppendEventsTransactionRejectedException staleRead() {
        return new AppendEventsTransactionRejectedException("What the decision was made on has changed");
    }

    private static Throwable bare(Throwable failure) {
        Throwable bare = failure;
        while (bare instanceof CompletionException || bare instanceof ExecutionException) {
            Throwable cause = bare.getCause();
            if (cause == null) {
                return bare;
            }
            bare = cause;
        }
        return bare;
    }
}
