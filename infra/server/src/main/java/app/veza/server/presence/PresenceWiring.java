package app.veza.server.presence;

import app.veza.command.History;
import app.veza.command.socket.SocketDoor;
import app.veza.eventstore.personal.Erasures;
import app.veza.server.node.ConditionalOnRole;
import app.veza.server.node.LoggedEvents;
import app.veza.server.node.NodeConfig;
import app.veza.server.node.Role;
import app.veza.stores.Redis;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Presence over Redis and the signals of this platform's nodes. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.GATEWAY)
class PresenceWiring {

    @Bean
    Signals signals(@Value("${veza.nats.url}") String url, NodeConfig node) throws InterruptedException {
        return Signals.open(url, node.log());
    }

    @Bean
    PresenceNode presenceNode(
            Redis redis,
            NodeConfig node,
            Signals signals,
            History history,
            LoggedEvents events,
            Erasures erasures,
            JsonMapper json,
            MeterRegistry meters) {
        var store = new PresenceStore(redis, node.redis().keyPrefix());
        var presence =
                new Presence(new Acquaintances(history::read, events::head), store::lastSeen, new PresenceFrames(json));
        Gauge.builder("veza.presence.online", presence, Presence::online)
                .description("People with a socket, at any node")
                .register(meters);
        var presenceNode = new PresenceNode(node.nodeId(), presence, store, signals, json);
        erasures.onErased(person -> presenceNode.erased(UUID.fromString(person)));
        return presenceNode;
    }

    @Bean
    SocketDoor presenceWatch(PresenceNode node) {
        return new PresenceDoor(node.presence());
    }
}
