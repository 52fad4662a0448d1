package app.veza.command.wired;

import app.veza.command.UseCases;
import app.veza.eventstore.command.CommandExecutor;
import app.veza.eventstore.command.CommandIdReusedException;
import app.veza.eventstore.command.CommandOptions;
import app.veza.eventstore.command.CommandOutcome;
import app.veza.eventstore.command.CommandSide;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.messaging.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.core.MessageTypeResolver;

/**
 * The use cases on Axon's command bus over Axon's own engine in memory, one command after the other. What the log's executor
 * does beyond that (conflicts, staleness, outcomes that are unknown) is tested where it is written.
 */
final class InMemoryCommands implements CommandExecutor {

    private record FirstRun(String fingerprint, CommandOutcome outcome) {}

    private final RecordingEngine engine;
    private final AxonConfiguration axon;
    private final Map<String, FirstRun> byCommandId = new HashMap<>();

    InMemoryCommands(UseCases useCases, RecordingEngine engine) {
        this.engine = engine;
        EventSourcingConfigurer configurer = CommandSide.prepare(EventSourcingConfigurer.create());
        configurer.registerEventStorageEngine(c -> engine);
        useCases.register(configurer);
        this.axon = configurer.start();
    }

    @Override
    public synchronized CompletableFuture<CommandOutcome> execute(Object command, CommandOptions options) {
        FirstRun first = byCommandId.get(options.commandId());
        if (first != null) {
            return first.fingerprint().equals(options.fingerprint())
                    ? CompletableFuture.completedFuture(new CommandOutcome(
                            first.outcome().position(), first.outcome().events(), true))
                    : CompletableFuture.failedFuture(new CommandIdReusedException());
        }
        int before = engine.appended().size();
        try {
            var type = axon.getComponent(MessageTypeResolver.class).resolveOrThrow(command);
            axon.getComponent(CommandBus.class)
                    .dispatch(new GenericCommandMessage(type, command), null)
                    .join();
        } catch (CompletionException e) {
            Throwable bare = e;
            while (bare instanceof CompletionException && bare.getCause() != null) {
                bare = bare.getCause();
            }
            return CompletableFuture.failedFuture(bare);
        }
        List<Object> all = engine.appended();
        var outcome = new CommandOutcome(all.size(), all.subList(before, all.size()), false);
        if (options.commandId() != null && !outcome.events().isEmpty()) {
            byCommandId.put(options.commandId(), new FirstRun(Objects.requireNonNull(options.fingerprint()), outcome));
        }
        return CompletableFuture.completedFuture(outcome);
    }
}
