package app.veza.server.gateway;

import app.veza.command.chat.watchroom.RoomAdmission;
import app.veza.command.identity.session.SessionRevocation;
import app.veza.command.socket.SocketDoor;
import app.veza.command.streaming.watchstream.StreamAdmission;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.gateway.Route;
import app.veza.query.streaming.streams.StreamLinks;
import app.veza.server.gateway.StreamSubscriptions.Streams;
import app.veza.server.health.HealthCheck;
import app.veza.server.health.PlatformHealth;
import app.veza.server.node.ConditionalOnRole;
import app.veza.server.node.LoggedEvents;
import app.veza.server.node.NodeConfig;
import app.veza.server.node.PlatformKey;
import app.veza.server.node.Role;
import app.veza.server.presence.PresenceNode;
import app.veza.server.presence.Signals;
import app.veza.server.problem.CommandProblems;
import app.veza.server.ratelimit.HandshakeLimits;
import app.veza.server.ratelimit.RateLimits;
import app.veza.server.streaming.LiveStreams;
import app.veza.stores.Redis;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import tools.jackson.databind.json.JsonMapper;

/** The sockets' port, over the log, the use cases and the access tokens of this node. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.GATEWAY)
class GatewayWiring {

    @Bean
    SocketTickets socketTickets(Redis redis, NodeConfig node, PlatformKey key) {
        return new SocketTickets(redis, node, key);
    }

    @Bean
    SocketAuthenticator socketAuthenticator(
            JwtDecoder tokens,
            SocketTickets tickets,
            SessionRevocation sessions,
            HandshakeLimits limits,
            NodeConfig node,
            InstantSource clock) {
        return new SocketAuthenticator(
                tokens, tickets, sessions, limits, node.tokens().sessionLife(), clock);
    }

    @Bean
    Rooms rooms(
            GatewaySettings settings,
            RoomAdmission admission,
            EventLog log,
            JacksonEventCodec codec,
            RoomFrames frames,
            TypingSignals typing,
            RateLimits limits) {
        return new Rooms(admission, new RoomHistory(log, codec), frames, typing, limits, settings.mostReplayed());
    }

    @Bean
    Streams streams(
            StreamAdmission admission,
            LiveStreams live,
            People people,
            StreamLinks links,
            JsonMapper json,
            EventLog log) {
        return new Streams(admission, live, new StreamFrames(live::state, people, links, json), log::logId);
    }

    @Bean
    TypingSignals typingSignals(Signals signals, People people, JsonMapper json) {
        return new TypingSignals(signals, people, json);
    }

    @Bean
    SocketDoor typingStart(RoomAdmission admission, TypingSignals typing) {
        return TypingDoor.start(admission, typing);
    }

    @Bean
    SocketDoor typingStop(RoomAdmission admission, TypingSignals typing) {
        return TypingDoor.stop(admission, typing);
    }

    @Bean
    Notifications notifications(
            PresenceNode presence, People people, EventLog log, JacksonEventCodec codec, JsonMapper json) {
        return new Notifications(presence.presence(), people, log, codec, json);
    }

    @Bean
    GatewayNode gatewayNode(
            GatewaySettings settings,
            SocketAuthenticator authenticator,
            List<SocketDoor> doors,
            CommandProblems problems,
            RateLimits limits,
            Rooms rooms,
            PresenceNode presence,
            Streams streams,
            Notifications notifications,
            EventLog log,
            LoggedEvents events,
            ObjectProvider<PlatformHealth> platform,
            List<Route> routes,
            JsonMapper json,
            MeterRegistry meters,
            SslBundles bundles,
            @Value("${server.ssl.bundle:}") String bundle,
            @Value("${veza.ratelimit.enabled:true}") boolean limited) {
        return new GatewayNode(
                settings,
                authenticator,
                new SocketFrames(
                        doors, new FrameProblems(problems), limits, authenticator, presence.presence(), log::logId),
                rooms,
                presence,
                streams,
                notifications,
                events,
                new GatewayHealth(platform, json),
                routes,
                meters,
                bundle.isEmpty() ? null : new GatewayTls(bundles, bundle),
                limited);
    }

    @Bean
    HealthCheck chatHealth(GatewayNode gateway) {
        return new HealthCheck() {
            @Override
            public String part() {
                return GatewayHealth.CHAT;
            }

            @Override
            public Map<String, Object> check() {
                return gateway.look();
            }
        };
    }
}
