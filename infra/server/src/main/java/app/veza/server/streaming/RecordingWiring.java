package app.veza.server.streaming;

import app.veza.query.streaming.streams.RecordingLinks;
import app.veza.server.node.NodeConfig;
import app.veza.server.node.PlatformKey;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** On nodes of all roles: views and sockets name recordings alike. */
@Configuration(proxyBeanMethods = false)
class RecordingWiring {

    @Bean
    RecordingLinks recordingLinks(NodeConfig node, PlatformKey key, StreamingSettings settings) {
        return new SignedRecordings(
                new PlaybackLinks(node.publicUrl(), key.bytes()), settings.linkLife(), InstantSource.system());
    }
}
