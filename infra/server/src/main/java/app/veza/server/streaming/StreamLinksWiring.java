package app.veza.server.streaming;

import app.veza.command.CommandSideConfig;
import app.veza.server.node.NodeConfig;
import app.veza.server.node.PlatformKey;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** On nodes of all roles: views and sockets name streams and recordings alike. */
@Configuration(proxyBeanMethods = false)
class StreamLinksWiring {

    @Bean
    PublishedLinks publishedLinks(
            NodeConfig node, CommandSideConfig config, PlatformKey key, StreamingSettings settings) {
        return new PublishedLinks(
                new PlaybackLinks(config.playbackBase(), key.bytes()),
                new PlaybackLinks(node.publicUrl(), key.bytes()),
                settings.linkLife(),
                InstantSource.system());
    }
}
