package app.veza.server.live;

import java.net.URI;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Begins once this node serves: other nodes are told where, and what becomes of streams is followed. */
final class LiveNode implements ApplicationListener<WebServerInitializedEvent>, AutoCloseable {

    private final LiveFollower follower;
    private final LiveDeletions deletions;
    private final LiveFinisher finisher;
    private final LiveOwners owners;
    private final LiveProperties properties;

    LiveNode(
            LiveFollower follower,
            LiveDeletions deletions,
            LiveFinisher finisher,
            LiveOwners owners,
            LiveProperties properties) {
        this.follower = follower;
        this.deletions = deletions;
        this.finisher = finisher;
        this.owners = owners;
        this.properties = properties;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent started) {
        Environment environment = started.getApplicationContext().getEnvironment();
        String address = environment.getProperty("server.address", "127.0.0.1");
        String scheme = environment.containsProperty("veza.tls.certificate") ? "https" : "http";
        URI listening = URI.create(
                scheme + "://" + address + ":" + started.getWebServer().getPort());
        owners.reachableAt(properties.nodeUrl() == null ? listening : properties.nodeUrl());
        finisher.start();
        follower.start();
        deletions.start();
    }

    @Override
    public void close() {
        follower.close();
        deletions.close();
    }
}
