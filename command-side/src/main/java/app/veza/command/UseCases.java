package app.veza.command;

import app.veza.event.VezaEvent;
import app.veza.eventstore.axon.JetStreamEventStorageEngine;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.messaging.commandhandling.CommandMessage;
import org.axonframework.messaging.commandhandling.CommandResultMessage;
import org.axonframework.messaging.commandhandling.configuration.CommandHandlingModule;
import org.axonframework.messaging.core.Context;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.springframework.stereotype.Component;

/** Puts every use case on Axon's command bus: source its boundary, fold, decide, append under the boundary's condition. */
@Component
public final class UseCases {

    private final List<Decider<?, ?>> deciders;

    public UseCases(List<Decider<?, ?>> deciders) {
        this.deciders = List.copyOf(deciders);
    }

    public void register(EventSourcingConfigurer axon) {
        CommandHandlingModule.CommandHandlerPhase handlers =
                CommandHandlingModule.named("use-cases").commandHandlers();
        for (Decider<?, ?> decider : deciders) {
            handlers.commandHandler(
                    new QualifiedName(decider.command()), (command, context) -> handle(decider, command, context));
        }
        axon.registerCommandHandlingModule(handlers);
    }

    private static <C, S> MessageStream.Single<CommandResultMessage> handle(
            Decider<C, S> decider, CommandMessage message, ProcessingContext context) {
        C command = decider.command().cast(message.payload());
        CompletableFuture<S> decisive = decider.boundary(command)
                .map(boundary ->
                        fold(decider.initial(), SourcingCondition.conditionFor(boundary), context, decider::evolve))
                .orElseGet(() -> CompletableFuture.completedFuture(decider.initial()))
                .thenCompose(folded -> decider.further(command, folded)
                        .map(further -> fold(
                                folded,
                                condition(further, context),
                                context,
                                (state, event, position) -> decider.evolveFurther(state, event)))
                        .orElseGet(() -> CompletableFuture.completedFuture(folded)));
        return MessageStream.fromFuture(decisive.thenApply(folded -> {
            List<VezaEvent> events = decider.decide(command, folded);
            if (!events.isEmpty()) {
                EventAppender.forContext(context).append(events);
            }
            return null;
        }));
    }

    /** From the last one on: what was appended since it was looked for is read too. */
    private static SourcingCondition condition(Further further, ProcessingContext context) {
        if (!further.onlyLast()) {
            return SourcingCondition.conditionFor(further.criteria());
        }
        var engine = (JetStreamEventStorageEngine) context.component(EventStorageEngine.class);
        return SourcingCondition.conditionFor(engine.beforeLast(further.criteria()), further.criteria());
    }

    /** At most twice a command: Axon's transaction adds the conditions up and keeps the lower marker, which is never too high. */
    private static <S> CompletableFuture<S> fold(
            S from, SourcingCondition condition, ProcessingContext context, Evolution<S> evolution) {
        return context.component(EventStore.class)
                .transaction(context)
                .source(condition)
                // Another payload is an event that this version does not know: a newer node may have written it
                .reduce(
                        from,
                        (state, entry) -> entry.message().payload() instanceof VezaEvent event
                                ? evolution.after(state, event, positionOf(entry))
                                : state);
    }

    private interface Evolution<S> {
        S after(S state, VezaEvent event, long position);
    }

    private static long positionOf(Context entry) {
        return TrackingToken.fromContext(entry).orElseThrow().position().orElseThrow();
    }
}
