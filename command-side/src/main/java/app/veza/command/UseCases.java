package app.veza.command;

import app.veza.event.VezaEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.messaging.commandhandling.CommandMessage;
import org.axonframework.messaging.commandhandling.CommandResultMessage;
import org.axonframework.messaging.commandhandling.configuration.CommandHandlingModule;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.messaging.eventstreaming.EventCriteria;
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
        CompletableFuture<S> state = decider.boundary(command)
                .map(boundary -> fold(decider, boundary, context))
                .orElseGet(() -> CompletableFuture.completedFuture(decider.initial()));
        return MessageStream.fromFuture(state.thenApply(folded -> {
            List<VezaEvent> events = decider.decide(command, folded);
            if (!events.isEmpty()) {
                EventAppender.forContext(context).append(events);
            }
            return null;
        }));
    }

    /** Once a command: Axon's transaction keeps one condition and one marker of what was read. */
    private static <S> CompletableFuture<S> fold(
            Decider<?, S> decider, EventCriteria boundary, ProcessingContext context) {
        return context.component(EventStore.class)
                .transaction(context)
                .source(SourcingCondition.conditionFor(boundary))
                // Another payload is an event that this version does not know: a newer node may have written it
                .reduce(
                        decider.initial(),
                        (state, entry) -> entry.message().payload() instanceof VezaEvent event
                                ? decider.evolve(state, event)
                                : state);
    }
}
