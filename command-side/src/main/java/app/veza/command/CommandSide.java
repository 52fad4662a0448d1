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
import org.axonframework.messaging.eventhandling.conversion.EventConverter;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.springframework.stereotype.Component;

/** Puts every use case on Axon's command bus: source its boundary, fold, decide, append under the boundary's condition. */
@Component
public final class CommandSide {

    private final List<Decider<?, ?>> deciders;

    public CommandSide(List<Decider<?, ?>> deciders) {
        this.deciders = List.copyOf(deciders);
    }

    public void register(EventSourcingConfigurer axon) {
        CommandHandlingModule.CommandHandlerPhase handlers =
                CommandHandlingModule.named("command-side").commandHandlers();
        for (Decider<?, ?> decider : deciders) {
            handlers.commandHandler(
                    new QualifiedName(decider.command()), (command, context) -> handle(decider, command, context));
        }
        axon.registerCommandHandlingModule(handlers);
    }

    private static <C, S> MessageStream.Single<CommandResultMessage> handle(
            Decider<C, S> decider, CommandMessage message, ProcessingContext context) {
        C command = decider.command().cast(message.payload());
        var state = decider.boundary(command)
                // Once a command: Axon's transaction keeps one condition, and one marker of what was read
                .map(criteria -> context.component(EventStore.class)
                        .transaction(context)
                        .source(SourcingCondition.conditionFor(criteria))
                        .reduce(
                                decider.initial(),
                                (folded, entry) -> EventPayloads.payloadOf(
                                                entry.message(), context.component(EventConverter.class))
                                        .map(event -> decider.evolve(folded, event))
                                        .orElse(folded)))
                .orElseGet(() -> CompletableFuture.completedFuture(decider.initial()));
        return MessageStream.fromFuture(state.thenApply(folded -> {
            List<VezaEvent> events = decider.decide(command, folded);
            if (!events.isEmpty()) {
                EventAppender.forContext(context).append(events);
            }
            return null;
        }));
    }
}
