package app.veza.server.node;

import app.veza.command.CommandDoors;
import app.veza.command.CommandSideConfig;
import app.veza.command.CommandSideConfiguration;
import app.veza.command.UseCases;
import app.veza.command.chat.AttachmentStore;
import app.veza.command.identity.password.Passwords;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.axon.PersonalTags;
import app.veza.eventstore.command.CommandExecutor;
import app.veza.eventstore.command.CommandSide;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.stores.ObjectStore;
import app.veza.stores.ReadPositions;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.URI;
import java.nio.file.Path;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Puts the use cases on Axon, over the log. On nodes of every role: who may do what is decided by the log's events, and
 * a gateway takes commands too. The role says which nodes have their doors in HTTP.
 */
@Configuration(proxyBeanMethods = false)
@Import(CommandSideConfiguration.class)
class CommandWiring {

    @Bean
    CommandSideConfig commandSideConfig(
            NodeConfig node,
            PlatformKey key,
            @Value("${veza.live.cdn.url:#{null}}") @Nullable URI cdn,
            @Value("${veza.live.cdn.key-pair-id:#{null}}") @Nullable String cookies) {
        Path keys = node.keysDirectory() == null ? node.dataDirectory().resolve("keys") : node.keysDirectory();
        NodeConfig.Tokens tokens = node.tokens();
        return new CommandSideConfig(
                key.bytes(),
                keys,
                node.publicUrl(),
                "veza",
                node.publicUrl(),
                // One that wants cookies lets in who joined alone
                cdn == null || cookies != null ? node.publicUrl() : cdn,
                node.gatewayUrl(),
                tokens.accessLife(),
                tokens.sessionLife(),
                tokens.idleLife(),
                new CommandSideConfig.Signing(tokens.signingKeyLife(), tokens.signingKeyLead()),
                CommandSideConfig.Hashing.DEFAULT);
    }

    @Bean
    AttachmentStore attachmentStore(ObjectStore bucket) {
        return new BucketAttachments(bucket);
    }

    @Bean(initMethod = "start")
    CommandSide commandSide(EventLog log, JacksonEventCodec codec, PersonalTags personalTags, UseCases useCases) {
        return CommandSide.configure(log, codec, personalTags, useCases::register);
    }

    @Bean
    CommandExecutor commandExecutor(CommandSide commandSide) {
        return commandSide.executor();
    }

    @Bean
    EventStorageEngine eventStorageEngine(CommandSide commandSide) {
        return commandSide.configuration().getComponent(EventStorageEngine.class);
    }

    /** The doors in HTTP, and what cleans up behind them. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(Role.COMMAND)
    @Import(CommandDoors.class)
    static class Doors {

        @Bean(initMethod = "start")
        UploadCleaning uploadCleaning(ObjectStore bucket, ReadPositions positions, EventLog log) {
            return new UploadCleaning(bucket, positions, log);
        }

        @Bean
        MeterBinder hashingMeters(Passwords passwords) {
            return meters -> {
                FunctionCounter.builder("veza.password.hashings", passwords, Passwords::hashings)
                        .description("Passwords hashed or verified")
                        .register(meters);
                Gauge.builder("veza.password.waiting", passwords, Passwords::waiting)
                        .description("Passwords that wait to be hashed or verified")
                        .register(meters);
            };
        }
    }
}
