package app.veza.stores;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.metrics.MicrometerCommandLatencyRecorder;
import io.lettuce.core.metrics.MicrometerOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Client of one Redis. A command fails at once while Redis is away and within the timeout while it hangs; connections
 * come back by themselves.
 */
public final class Redis implements AutoCloseable {
    private static final Duration RETRY_CONNECT = Duration.ofMillis(250);

    private final ClientResources resources;
    private final RedisClient client;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable StatefulRedisConnection<String, String> shared;
    private @Nullable RedisConnectionException lastFailure;
    private long lastAttempt;

    private Redis(ClientResources resources, RedisClient client) {
        this.resources = resources;
        this.client = client;
    }

    /** Connects at the first use, so it opens also while Redis is away. */
    public static Redis open(String url, Duration commandTimeout, MeterRegistry meters) {
        ClientResources resources = ClientResources.builder()
                .reconnectDelay(
                        Delay.exponential(Duration.ofMillis(10), Duration.ofSeconds(1), 2, TimeUnit.MILLISECONDS))
                .commandLatencyRecorder(new MicrometerCommandLatencyRecorder(meters, MicrometerOptions.create()))
                .build();
        RedisURI uri = RedisURI.create(url);
        uri.setTimeout(commandTimeout);
        uri.setClientName("veza");
        RedisClient client = RedisClient.create(resources, uri);
        client.setOptions(ClientOptions.builder()
                .autoReconnect(true)
                // a queue of commands for a Redis that is away would only be late, or repeat what was done already
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(commandTimeout))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(Duration.ofSeconds(2))
                        .keepAlive(true)
                        .tcpNoDelay(true)
                        .build())
                .build());
        return new Redis(resources, client);
    }

    /** For connections of one's own: long scripts, subscriptions, client-side tracking. */
    public RedisClient client() {
        return client;
    }

    /**
     * The connection that short commands share.
     *
     * @throws RedisConnectionException at once when Redis cannot be reached
     */
    public StatefulRedisConnection<String, String> connection() {
        StatefulRedisConnection<String, String> connection = shared;
        return connection != null ? connection : connect();
    }

    private StatefulRedisConnection<String, String> connect() {
        connecting.lock();
        try {
            if (shared != null) {
                return shared;
            }
            if (lastFailure != null && System.nanoTime() - lastAttempt < RETRY_CONNECT.toNanos()) {
                throw new RedisConnectionException("Redis could not be reached a moment ago", lastFailure);
            }
            return attempt();
        } finally {
            connecting.unlock();
        }
    }

    private StatefulRedisConnection<String, String> attempt() {
        try {
            StatefulRedisConnection<String, String> connection = client.connect();
            shared = connection;
            lastFailure = null;
            return connection;
        } catch (RedisConnectionException e) {
            lastFailure = e;
            lastAttempt = System.nanoTime();
            throw e;
        }
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3_000);
    }
}
