package app.veza.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server: WebSocket routes and plain HTTP on one port, until it is drained or closed. */
public final class GatewayServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GatewayServer.class);

    /** Reads of an idle chat are small; a buffer is taken for each read and given back after it. */
    private static final int MIN_READ = 64;

    private static final int FIRST_READ = 512;
    private static final int MAX_READ = 16 * 1024;
    private static final int BACKLOG = 4096;

    /** Sockets above the limit that are still told so; beyond, they are closed unheard. */
    private static final int TOLD_WHEN_FULL = 256;

    private final Gateway gateway;
    private final GatewayMetrics metrics;
    private final OpenConnections open;
    private final Topics topics;
    private final EventLoopGroup loops;
    private final List<Shard> shards = new ArrayList<>();
    private final Map<EventLoop, Shard> shardOf = new IdentityHashMap<>();
    private final Channel listener;

    private GatewayServer(Builder builder) throws IOException {
        GatewayConfig config = builder.config;
        gateway = new Gateway(config, builder.routes, builder.tls);
        metrics = new GatewayMetrics(builder.registry);
        open = new OpenConnections(config.maxConnectionsPerPrincipal());
        loops = new MultiThreadIoEventLoopGroup(
                config.eventLoops(), new DefaultThreadFactory("gateway"), NioIoHandler.newFactory());
        for (int i = 0; i < config.eventLoops(); i++) {
            EventLoop loop = loops.next();
            Shard shard = new Shard(i, loop, config, metrics, open);
            shards.add(shard);
            shardOf.put(loop, shard);
        }
        topics = new Topics(shards, builder.registry);
        builder.topicsUsers.forEach(user -> user.accept(topics));
        listener = bind(config);
        shards.forEach(Shard::start);
        log.info("Gateway listens on {} port {}", config.bindAddress(), port());
    }

    public static Builder builder(GatewayConfig config, MeterRegistry registry) {
        return new Builder(config, registry);
    }

    /** The port that is listened on, also when a free one was asked for. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    public Topics topics() {
        return topics;
    }

    /** WebSocket connections open now. */
    public int connections() {
        return metrics.connections.get();
    }

    /**
     * Ends, with 4401, every connection of one session; any thread, returns at once.
     *
     * @param last a text frame that each is sent before
     */
    public void closeSession(String sessionKey, byte[] last) {
        open.ofSession(sessionKey).forEach(connection -> {
            connection.send(last);
            connection.close(CloseCode.AUTHENTICATION_ENDED, "authentication ended");
        });
    }

    /** Visits every open connection, each on its own event loop; returns at once. */
    public void forEachConnection(java.util.function.Consumer<Connection> action) {
        for (Shard shard : shards) {
            shard.post(() -> shard.members.forEach(member -> {
                if (member instanceof WebSocketConnection connection && connection.isOpen()) {
                    action.accept(connection);
                }
            }));
        }
    }

    /**
     * Stops accepting and tells the connections to go (1012), spread over the drain time. Completes when the last socket is
     * gone, at the latest after drain time and close timeout.
     */
    public CompletableFuture<Void> drain() {
        gateway.drain();
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        listener.close().addListener(closed -> stopped.complete(null));
        return stopped.thenCompose(nothing ->
                CompletableFuture.allOf(shards.stream().map(Drain::of).toArray(CompletableFuture[]::new)));
    }

    /** Drains, then stops the event loops. */
    @Override
    public void close() {
        drain().join();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        shards.forEach(Shard::end);
    }

    private Channel bind(GatewayConfig config) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops, loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(MIN_READ, FIRST_READ, MAX_READ))
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(config.lowWatermark(), config.highWatermark()))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                });
        if (config.sendBufferBytes() > 0) {
            bootstrap.childOption(ChannelOption.SO_SNDBUF, config.sendBufferBytes());
        }
        var bound = bootstrap.bind(config.bindAddress(), config.port()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
            throw new IOException(
                    "The gateway cannot listen on " + config.bindAddress() + " port " + config.port() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return bound.channel();
    }

    private void accept(Channel channel) {
        Shard shard = shardOf.get(channel.eventLoop());
        int open = metrics.sockets.incrementAndGet();
        int limit = gateway.config().maxConnections();
        if (open > limit + TOLD_WHEN_FULL || shard == null) {
            metrics.sockets.decrementAndGet();
            channel.close();
            return;
        }
        HttpEdge edge = new HttpEdge(gateway, shard, channel, open > limit);
        shard.members.add(edge);
        gateway.pipelines().http(channel, edge);
    }

    /** What is served; patterns are matched in the order in which they were added. */
    public static final class Builder {
        private final GatewayConfig config;
        private final MeterRegistry registry;
        private final Routes routes = new Routes();
        private final List<java.util.function.Consumer<Topics>> topicsUsers = new ArrayList<>();
        private @Nullable Supplier<SSLEngine> tls;

        private Builder(GatewayConfig config, MeterRegistry registry) {
            this.config = config;
            this.registry = registry;
        }

        public Builder route(Route route) {
            routes.add(route);
            return this;
        }

        public Builder http(String pattern, HttpHandler handler) {
            routes.add(pattern, handler);
            return this;
        }

        /** {@code GET /health}: the supplier may block, and gives the status with a JSON body. */
        public Builder health(Supplier<HttpAnswer> health) {
            return http("/health", HttpHandler.blocking(call -> health.get()));
        }

        /** Every socket speaks TLS, by an engine of its own that is a server's. */
        public Builder tls(Supplier<SSLEngine> engines) {
            tls = engines;
            return this;
        }

        /** Hands the topics to who needs them before the first connection is accepted. */
        public Builder topics(java.util.function.Consumer<Topics> user) {
            topicsUsers.add(user);
            return this;
        }

        /** @throws IOException when the address cannot be listened on */
        public GatewayServer start() throws IOException {
            return new GatewayServer(this);
        }
    }
}
