package app.veza.server.live;

import app.veza.audio.ffmpeg.Ffmpeg;
import app.veza.audio.ffmpeg.Sandbox;
import app.veza.audio.live.Delivery;
import app.veza.audio.live.LiveAudio;
import app.veza.audio.live.LiveSettings;
import app.veza.audio.live.SegmentStore;
import app.veza.command.History;
import app.veza.command.http.Commands;
import app.veza.command.streaming.admitbroadcaster.BroadcastAdmission;
import app.veza.gateway.Route;
import app.veza.server.gateway.SocketAuthenticator;
import app.veza.server.node.ConditionalOnRole;
import app.veza.server.node.LoggedEvents;
import app.veza.server.node.NodeConfig;
import app.veza.server.node.PlatformKey;
import app.veza.server.node.Role;
import app.veza.server.ratelimit.MediaLimits;
import app.veza.server.security.BrowserRules;
import app.veza.server.streaming.Listeners;
import app.veza.server.streaming.LiveStreams;
import app.veza.server.streaming.OnAir;
import app.veza.server.streaming.PlaybackLinks;
import app.veza.stores.ObjectStore;
import app.veza.stores.Redis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** Live audio, on nodes that have sockets. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.GATEWAY)
class LiveWiring {

    @Bean
    Sandbox audioSandbox() {
        return new Sandbox(Ffmpeg.unpacked());
    }

    @Bean
    SegmentStore segmentStore(ObjectStore bucket) {
        return new BucketSegments(bucket);
    }

    /** Closed before what it tells the log by: what was heard last is noted while a node stops. */
    @Bean(destroyMethod = "close")
    @DependsOn("app.veza.command.http.Commands")
    LiveAudio liveAudio(
            Sandbox sandbox,
            SegmentStore store,
            LiveProperties properties,
            @Value("${veza.streaming.resume-within:30s}") Duration grace) {
        LiveSettings usual = LiveSettings.defaults();
        return new LiveAudio(
                sandbox,
                store,
                new LiveSettings(
                        grace,
                        properties.late(),
                        properties.stall(),
                        usual.hang(),
                        usual.start(),
                        properties.window(),
                        usual.lead(),
                        usual.batch()));
    }

    @Bean(destroyMethod = "close")
    LiveOwners liveOwners(Redis redis, NodeConfig node, LiveAudio audio, OnAir onAir) {
        return new LiveOwners(redis, node.redis().keyPrefix(), audio, onAir);
    }

    @Bean
    Route ingestRoute(
            SocketAuthenticator people,
            BroadcastAdmission admission,
            Commands commands,
            LiveAudio audio,
            LiveOwners owners,
            LiveFinisher finisher,
            OnAir onAir,
            LiveProperties properties,
            JsonMapper json) {
        return new Ingest(people, admission, commands, audio, owners, finisher, onAir, properties, json).route();
    }

    @Bean(destroyMethod = "close")
    LiveFinisher liveFinisher(
            LiveAudio audio,
            LiveOwners owners,
            Sandbox sandbox,
            SegmentStore store,
            History history,
            Commands commands,
            Redis redis,
            NodeConfig node) {
        return new LiveFinisher(
                audio,
                owners,
                sandbox,
                store,
                history,
                commands,
                redis,
                node.redis().keyPrefix());
    }

    /** Begun and ended with the node of live audio. */
    @Bean(destroyMethod = "")
    LiveFollower liveFollower(LoggedEvents events, LiveFinisher finisher) {
        return new LiveFollower(events, finisher);
    }

    @Bean
    LiveHealth liveHealth(LiveAudio audio, LiveFollower follower, LoggedEvents events, LiveProperties properties) {
        return new LiveHealth(audio, follower, events, properties);
    }

    @Bean
    LiveNode liveNode(
            LoggedEvents events,
            LiveFollower follower,
            LiveFinisher finisher,
            LiveOwners owners,
            History history,
            SegmentStore store,
            LiveProperties properties) {
        return new LiveNode(
                follower, new LiveDeletions(events, history, store, finisher), finisher, owners, properties);
    }

    @Bean
    LiveOpenApi liveOpenApi() {
        return new LiveOpenApi();
    }

    @Bean(destroyMethod = "close")
    OtherNodes otherNodes(NodeProof proof, @Value("${veza.tls.certificate:#{null}}") @Nullable Path certificate) {
        return new OtherNodes(proof, certificate);
    }

    @Bean
    NodeProof nodeProof(PlatformKey key) {
        return new NodeProof(key.bytes());
    }

    @Bean
    FilterRegistrationBean<DeliveryFilter> deliveryFilter(
            LiveAudio audio,
            SegmentStore store,
            ObjectStore bucket,
            LiveOwners owners,
            OtherNodes nodes,
            NodeProof proof,
            PlaybackLinks links,
            Listeners listeners,
            LiveStreams streams,
            History history,
            MediaLimits limits,
            LiveProperties properties,
            NodeConfig node,
            @Value("${veza.http.cors-origins:}") List<String> others) {
        boolean withCookies = Optional.ofNullable(properties.cdn())
                .map(LiveProperties.Cdn::keyPairId)
                .isPresent();
        var registration = new FilterRegistrationBean<>(new DeliveryFilter(
                audio,
                new Delivery(audio, store),
                new RecordingFile(bucket),
                owners,
                nodes,
                proof,
                links,
                listeners,
                new StreamDoors(history, streams),
                limits,
                withCookies ? BrowserRules.allowed(others, node.publicUrl()) : Set.of()));
        registration.addUrlPatterns("/live/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
