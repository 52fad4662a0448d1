package app.veza.server.node;

import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.EventUpcasters;
import app.veza.eventstore.Durability;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventLogConfig;
import app.veza.eventstore.axon.PersonalTags;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.json.PayloadTransform;
import app.veza.eventstore.json.Upcaster;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The log, opened once for the node: everything else reads it through this node's index. */
@Configuration(proxyBeanMethods = false)
class EventLogWiring {

    @Bean
    EventLog eventLog(NodeConfig node, @Value("${veza.nats.url}") String natsUrl, MeterRegistry meters) {
        EventLogConfig config = EventLogConfig.defaults(
                        natsUrl, node.dataDirectory().resolve("log-index"))
                .withStream(node.log().stream(), node.log().subjectPrefix())
                .withDurability(durability(node.log().durability()), node.log().replicas());
        return EventLog.open(config, meters);
    }

    @Bean
    JacksonEventCodec eventCodec() {
        return new JacksonEventCodec(EventTypes.byName(), upcasters(), PayloadTransform.NONE);
    }

    private static List<Upcaster> upcasters() {
        return EventUpcasters.all().stream()
                .map(step -> new Upcaster(step.type(), step.fromRevision(), step.toRevision(), step.change()))
                .toList();
    }

    @Bean
    LoggedEvents loggedEvents(EventLog log, JacksonEventCodec codec) {
        return new LoggedEvents(log, codec);
    }

    @Bean
    PlatformKey platformKey(NodeConfig node) {
        return PlatformKey.read(node.platformKeyFile());
    }

    @Bean
    PersonalTags personalTags(PlatformKey key) {
        return new PersonalTags(EventTags.PERSONAL, key.bytes());
    }

    private static Durability durability(String name) {
        try {
            return Durability.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "veza.log.durability is 'process' or 'power', not '" + name + "'", unknown);
        }
    }
}
