package app.veza.server.streaming;

import app.veza.command.History;
import app.veza.command.http.Commands;
import app.veza.command.identity.session.SessionRevocation;
import app.veza.command.streaming.watchstream.StreamAdmission;
import app.veza.server.node.ConditionalOnRole;
import app.veza.server.node.LoggedEvents;
import app.veza.server.node.NodeConfig;
import app.veza.server.node.PlatformKey;
import app.veza.server.node.Role;
import app.veza.stores.Redis;
import java.net.URI;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What nodes that have sockets know of live streams. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.GATEWAY)
class StreamingWiring {

    @Bean
    PlaybackLinks playbackLinks(
            NodeConfig node, PlatformKey key, @Value("${veza.live.cdn.url:#{null}}") @Nullable URI cdn) {
        return new PlaybackLinks(cdn == null ? node.publicUrl() : cdn, key.bytes());
    }

    @Bean
    Beats beats(Redis redis, NodeConfig node) {
        return new Beats(redis, node.redis().keyPrefix());
    }

    @Bean(destroyMethod = "close")
    OnAir onAir(Beats beats, StreamingSettings settings) {
        return new OnAir(beats, settings.beat());
    }

    @Bean
    LiveStreams liveStreams(LoggedEvents log, History history) {
        return new LiveStreams(log, history);
    }

    @Bean
    Signs signs(Redis redis, NodeConfig node) {
        return new Signs(redis, node.redis().keyPrefix());
    }

    @Bean
    Listeners listeners(
            Commands commands,
            StreamAdmission admission,
            SessionRevocation sessions,
            Signs signs,
            LiveStreams streams,
            StreamingSettings settings,
            InstantSource clock) {
        return new Listeners(commands, admission, sessions, signs, streams, settings, clock);
    }

    @Bean
    StreamingClock streamingClock(
            LiveStreams streams,
            Beats beats,
            OnAir onAir,
            Signs signs,
            Commands commands,
            History history,
            StreamingSettings settings,
            InstantSource clock) {
        return new StreamingClock(
                new AirWatch(streams, beats, onAir, commands, history, settings, clock),
                new ListenerReaper(streams, signs, commands, history, settings, clock));
    }
}
