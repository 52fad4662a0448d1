package app.veza.server.streaming;

import app.veza.server.node.ConditionalOnRole;
import app.veza.server.node.NodeConfig;
import app.veza.server.node.PlatformKey;
import app.veza.server.node.Role;
import app.veza.stores.Redis;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What nodes that have sockets know of live streams. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.GATEWAY)
class StreamingWiring {

    @Bean
    PlaybackLinks playbackLinks(NodeConfig node, PlatformKey key) {
        return new PlaybackLinks(node.publicUrl(), key.bytes());
    }

    @Bean
    Beats beats(Redis redis, NodeConfig node) {
        return new Beats(redis, node.redis().keyPrefix());
    }

    @Bean(destroyMethod = "close")
    OnAir onAir(Beats beats, StreamingSettings settings) {
        return new OnAir(beats, settings.beat());
    }
}
