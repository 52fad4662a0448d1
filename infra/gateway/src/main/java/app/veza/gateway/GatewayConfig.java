package app.veza.gateway;

import java.time.Duration;
import java.util.Set;

/**
 * Limits and times of a gateway, validated when made. {@link #defaults} and {@link #with} are the way to one.
 *
 * @param bindAddress address to listen on
 * @param port 0 for a free one
 * @param eventLoops 1 to 64 threads that own the connections
 * @param maxTextBytes largest text message, its fragments together
 * @param pingInterval a peer that was silent for so long is pinged
 * @param idleTimeout a peer that was silent for so long, pongs included, is closed with 1001
 * @param lowWatermark bytes queued below which a connection is writable again
 * @param highWatermark bytes queued above which it is not writable
 * @param maxQueuedBytes bytes queued above which a connection is closed as a slow reader; as many at most are kept back for all
 *     that it replays
 * @param slowReaderTimeout a connection not writable for so long is closed as a slow reader, and has as long to take what stands
 *     before its close frame
 * @param sendBufferBytes the socket's own send buffer; 0 lets the kernel grow it by megabytes for each slow reader
 * @param maxConnections connections at once; more are answered 503
 * @param maxConnectionsPerPrincipal of those, connections of one principal; one more is answered 429
 * @param handshakeTimeout from accept to the 101, or to the end of a plain request
 * @param closeTimeout how long a close frame waits for its answer before the socket is ended
 * @param allowedOrigins browser origins ({@code https://app.example}) besides those of the same host; {@code *} for any
 * @param framesPerSecond frames, control frames and fragments included, that a connection may send in the long run; above a thousand
 *     million they are not limited
 * @param frameBurst and how many at once
 * @param maxPendingFrames frames read and not yet answered, above which a connection is not read from
 * @param replayBufferFrames live frames kept back for one subscription while it replays; above, it must replay further
 * @param maxSubscriptions topics a connection may subscribe to at once
 * @param drainTime over which connections are told to go when the gateway stops
 * @param sweepInterval how often each loop looks for what has timed out: the precision of the times above
 */
public record GatewayConfig(
        String bindAddress,
        int port,
        int eventLoops,
        int maxTextBytes,
        Duration pingInterval,
        Duration idleTimeout,
        int lowWatermark,
        int highWatermark,
        int maxQueuedBytes,
        Duration slowReaderTimeout,
        int sendBufferBytes,
        int maxConnections,
        int maxConnectionsPerPrincipal,
        Duration handshakeTimeout,
        Duration closeTimeout,
        Set<String> allowedOrigins,
        int framesPerSecond,
        int frameBurst,
        int maxPendingFrames,
        int replayBufferFrames,
        int maxSubscriptions,
        Duration drainTime,
        Duration sweepInterval) {

    public GatewayConfig {
        allowedOrigins = Set.copyOf(allowedOrigins);
        require(port >= 0 && port <= 65_535, "port is 0 to 65535");
        // A topic's interest is a bit mask over the loops
        require(eventLoops >= 1 && eventLoops <= 64, "eventLoops is 1 to 64");
        require(maxTextBytes >= 1, "maxTextBytes is positive");
        require(positive(pingInterval) && pingInterval.compareTo(idleTimeout) < 0, "pingInterval is below idleTimeout");
        require(lowWatermark >= 1 && lowWatermark <= highWatermark, "lowWatermark is positive, at most highWatermark");
        require(maxQueuedBytes >= highWatermark, "maxQueuedBytes is at least highWatermark");
        require(positive(slowReaderTimeout), "slowReaderTimeout is positive");
        require(sendBufferBytes >= 0, "sendBufferBytes is not negative");
        require(maxConnections >= 1, "maxConnections is positive");
        require(maxConnectionsPerPrincipal >= 1, "maxConnectionsPerPrincipal is positive");
        require(positive(handshakeTimeout) && positive(closeTimeout), "handshakeTimeout and closeTimeout are positive");
        require(framesPerSecond >= 1 && frameBurst >= 1, "framesPerSecond and frameBurst are positive");
        require(maxPendingFrames >= 1, "maxPendingFrames is positive");
        require(replayBufferFrames >= 1, "replayBufferFrames is positive");
        require(maxSubscriptions >= 1, "maxSubscriptions is positive");
        require(!drainTime.isNegative(), "drainTime is not negative");
        require(positive(sweepInterval), "sweepInterval is positive");
    }

    public static GatewayConfig defaults() {
        return new GatewayConfig(
                "127.0.0.1",
                0,
                Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 64),
                64 * 1024,
                Duration.ofSeconds(25),
                Duration.ofSeconds(60),
                32 * 1024,
                64 * 1024,
                1024 * 1024,
                Duration.ofSeconds(20),
                128 * 1024,
                18_000,
                50,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Set.of(),
                50,
                200,
                32,
                1024,
                1000,
                Duration.ofSeconds(10),
                Duration.ofSeconds(1));
    }

    private static boolean positive(Duration duration) {
        return duration.isPositive();
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("Gateway configuration: " + rule);
        }
    }

    /** A builder that starts from this one. */
    public GatewayConfigBuilder with() {
        return new GatewayConfigBuilder(this);
    }
}
