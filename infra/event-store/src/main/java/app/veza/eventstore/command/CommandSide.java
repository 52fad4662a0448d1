package app.veza.eventstore.command;

import app.veza.eventstore.EventLog;
import app.veza.eventstore.axon.CachedMessageTypeResolver;
import app.veza.eventstore.axon.JetStreamEventStorageEngine;
import app.veza.eventstore.axon.PersonalTags;
import app.veza.eventstore.axon.RecordTagResolver;
import app.veza.eventstore.json.JacksonEventCodec;
import java.util.function.Consumer;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.conversion.Converter;
import org.axonframework.conversion.PassThroughConverter;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.messaging.core.ConfigurationApplicationContext;
import org.axonframework.messaging.core.MessageTypeResolver;
import org.axonframework.messaging.core.correlation.CorrelationDataProviderRegistry;
import org.axonframework.messaging.core.correlation.DefaultCorrelationDataProviderRegistry;
import org.axonframework.messaging.core.unitofwork.SimpleUnitOfWorkFactory;

/** An application's command side: its handlers and states on Axon, over one event log. */
public final class CommandSide implements AutoCloseable {

    private final AxonConfiguration configuration;
    private final CommandExecutor executor;

    private CommandSide(AxonConfiguration configuration, CommandExecutor executor) {
        this.configuration = configuration;
        this.executor = executor;
    }

    /**
     * Wires handlers and states to the log; {@link #start()} makes them ready. The log stays the caller's to close.
     *
     * @param codec knows every event that the handlers append or that the states are sourced from
     * @param registrations registers the application's entities and command handling modules
     */
    public static CommandSide configure(
            EventLog log,
            JacksonEventCodec codec,
            PersonalTags personalTags,
            Consumer<EventSourcingConfigurer> registrations) {
        EventSourcingConfigurer configurer = EventSourcingConfigurer.create();
        prepare(configurer);
        configurer.registerEventStorageEngine(c -> new JetStreamEventStorageEngine(log, codec, personalTags));
        configurer.messaging(messaging -> messaging.registerCommandHandlerInterceptor(c -> new DecisionInterceptor()));
        registrations.accept(configurer);
        AxonConfiguration configuration = configurer.build();
        CommandExecutor executor = new LogCommandExecutor(
                log,
                new AppendedCommands(log, codec),
                configuration.getComponent(CommandBus.class),
                configuration.getComponent(MessageTypeResolver.class),
                RetryPolicy.DEFAULT);
        return new CommandSide(configuration, executor);
    }

    /**
     * What a decision needs of Axon besides the log: for tests of decisions with an {@code AxonTestFixture}, which bring a
     * store of their own.
     */
    public static EventSourcingConfigurer prepare(EventSourcingConfigurer configurer) {
        configurer
                .componentRegistry(registry -> registry
                        // It calls out to the network, on a thread of its own, at every start
                        .disableEnhancer("org.axonframework.update.UpdateCheckerConfigurationEnhancer")
                        // Payloads are objects from end to end: bytes are made and read in the storage engine
                        .registerComponent(Converter.class, c -> PassThroughConverter.INSTANCE)
                        // Correlation comes with the command's options, see DecisionContext
                        .registerComponent(
                                CorrelationDataProviderRegistry.class,
                                c -> new DefaultCorrelationDataProviderRegistry()))
                .registerTagResolver(c -> new RecordTagResolver())
                .messaging(messaging -> messaging
                        .registerMessageTypeResolver(c -> new CachedMessageTypeResolver())
                        .registerUnitOfWorkFactory(
                                c -> new SimpleUnitOfWorkFactory(new ConfigurationApplicationContext(c))));
        return configurer;
    }

    public void start() {
        configuration.start();
    }

    public CommandExecutor executor() {
        return executor;
    }

    public EventStore eventStore() {
        return configuration.getComponent(EventStore.class);
    }

    public AxonConfiguration configuration() {
        return configuration;
    }

    @Override
    public void close() {
        configuration.shutdown();
    }
}
