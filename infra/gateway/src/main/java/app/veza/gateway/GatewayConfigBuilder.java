package app.veza.gateway;

import java.time.Duration;
import java.util.Set;

/** Changes a {@link GatewayConfig}; what each value means stands there. */
public final class GatewayConfigBuilder {
    private String bindAddress;
    private int port;
    private int eventLoops;
    private int maxTextBytes;
    private Duration pingInterval;
    private Duration idleTimeout;
    private int lowWatermark;
    private int highWatermark;
    private int maxQueuedBytes;
    private Duration slowReaderTimeout;
    private int sendBufferBytes;
    private int maxConnections;
    private int maxConnectionsPerPrincipal;
    private Duration handshakeTimeout;
    private Duration closeTimeout;
    private Set<String> allowedOrigins;
    private int framesPerSecond;
    private int frameBurst;
    private int maxPendingFrames;
    private int replayBufferFrames;
    private int maxSubscriptions;
    private Duration drainTime;
    private Duration sweepInterval;

    GatewayConfigBuilder(GatewayConfig from) {
        bindAddress = from.bindAddress();
        port = from.port();
        eventLoops = from.eventLoops();
        maxTextBytes = from.maxTextBytes();
        pingInterval = from.pingInterval();
        idleTimeout = from.idleTimeout();
        lowWatermark = from.lowWatermark();
        highWatermark = from.highWatermark();
        maxQueuedBytes = from.maxQueuedBytes();
        slowReaderTimeout = from.slowReaderTimeout();
        sendBufferBytes = from.sendBufferBytes();
        maxConnections = from.maxConnections();
        maxConnectionsPerPrincipal = from.maxConnectionsPerPrincipal();
        handshakeTimeout = from.handshakeTimeout();
        closeTimeout = from.closeTimeout();
        allowedOrigins = from.allowedOrigins();
        framesPerSecond = from.framesPerSecond();
        frameBurst = from.frameBurst();
        maxPendingFrames = from.maxPendingFrames();
        replayBufferFrames = from.replayBufferFrames();
        maxSubscriptions = from.maxSubscriptions();
        drainTime = from.drainTime();
        sweepInterval = from.sweepInterval();
    }

    public GatewayConfigBuilder bindAddress(String value) {
        bindAddress = value;
        return this;
    }

    public GatewayConfigBuilder port(int value) {
        port = value;
        return this;
    }

    public GatewayConfigBuilder eventLoops(int value) {
        eventLoops = value;
        return this;
    }

    public GatewayConfigBuilder maxTextBytes(int value) {
        maxTextBytes = value;
        return this;
    }

    public GatewayConfigBuilder pingInterval(Duration value) {
        pingInterval = value;
        return this;
    }

    public GatewayConfigBuilder idleTimeout(Duration value) {
        idleTimeout = value;
        return this;
    }

    public GatewayConfigBuilder lowWatermark(int value) {
        lowWatermark = value;
        return this;
    }

    public GatewayConfigBuilder highWatermark(int value) {
        highWatermark = value;
        return this;
    }

    public GatewayConfigBuilder maxQueuedBytes(int value) {
        maxQueuedBytes = value;
        return this;
    }

    public GatewayConfigBuilder slowReaderTimeout(Duration value) {
        slowReaderTimeout = value;
        return this;
    }

    public GatewayConfigBuilder sendBufferBytes(int value) {
        sendBufferBytes = value;
        return this;
    }

    public GatewayConfigBuilder maxConnections(int value) {
        maxConnections = value;
        return this;
    }

    public GatewayConfigBuilder maxConnectionsPerPrincipal(int value) {
        maxConnectionsPerPrincipal = value;
        return this;
    }

    public GatewayConfigBuilder handshakeTimeout(Duration value) {
        handshakeTimeout = value;
        return this;
    }

    public GatewayConfigBuilder closeTimeout(Duration value) {
        closeTimeout = value;
        return this;
    }

    public GatewayConfigBuilder allowedOrigins(Set<String> value) {
        allowedOrigins = value;
        return this;
    }

    public GatewayConfigBuilder framesPerSecond(int value) {
        framesPerSecond = value;
        return this;
    }

    public GatewayConfigBuilder frameBurst(int value) {
        frameBurst = value;
        return this;
    }

    public GatewayConfigBuilder maxPendingFrames(int value) {
        maxPendingFrames = value;
        return this;
    }

    public GatewayConfigBuilder replayBufferFrames(int value) {
        replayBufferFrames = value;
        return this;
    }

    public GatewayConfigBuilder maxSubscriptions(int value) {
        maxSubscriptions = value;
        return this;
    }

    public GatewayConfigBuilder drainTime(Duration value) {
        drainTime = value;
        return this;
    }

    public GatewayConfigBuilder sweepInterval(Duration value) {
        sweepInterval = value;
        return this;
    }

    /** @throws IllegalArgumentException when the values do not go together */
    public GatewayConfig build() {
        return new GatewayConfig(
                bindAddress,
                port,
                eventLoops,
                maxTextBytes,
                pingInterval,
                idleTimeout,
                lowWatermark,
                highWatermark,
                maxQueuedBytes,
                slowReaderTimeout,
                sendBufferBytes,
                maxConnections,
                maxConnectionsPerPrincipal,
                handshakeTimeout,
                closeTimeout,
                allowedOrigins,
                framesPerSecond,
                frameBurst,
                maxPendingFrames,
                replayBufferFrames,
                maxSubscriptions,
                drainTime,
                sweepInterval);
    }
}
