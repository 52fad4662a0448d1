package app.veza.server.gateway;

import app.veza.event.identity.SessionEnded;
import app.veza.gateway.Authentication;
import app.veza.gateway.Authenticator;
import app.veza.gateway.CloseCode;
import app.veza.gateway.GatewayConfig;
import app.veza.gateway.GatewayConfigBuilder;
import app.veza.gateway.GatewayServer;
import app.veza.gateway.Handshake;
import app.veza.gateway.Problem;
import app.veza.gateway.Route;
import app.veza.gateway.Topics;
import app.veza.server.gateway.StreamSubscriptions.Streams;
import app.veza.server.node.LoggedEvents;
import app.veza.server.presence.PresenceNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** The sockets of this node: they open when everything else has started and are drained before anything stops. */
public final class GatewayNode implements SmartLifecycle, LogFollower.Listener {

    /** A follower that read nothing for so long is stuck: it looks once a second even when nothing happens. */
    private static final Duration STUCK = Duration.ofSeconds(5);

    /** What is left of the time for a handshake then suffices for the rest of it. */
    private static final Duration REPLACED_LOG = Duration.ofSeconds(8);

    private final GatewaySettings settings;
    private final SocketAuthenticator authenticator;
    private final SocketFrames socketFrames;
    private final Rooms rooms;
    private final PresenceNode presence;
    private final Streams streams;
    private final Notifications notifications;
    private final LoggedEvents events;
    private final GatewayHealth health;
    private final List<Route> routes;
    private final MeterRegistry meters;
    private final @Nullable GatewayTls tls;
    private final boolean limited;
    private volatile @Nullable Running running;

    private record Running(GatewayServer server, LogFollower follower, ScheduledExecutorService clock) {}

    /** No event tells that a session has come to the end that it was given when it began. */
    private static final Duration LOOK_FOR_EXPIRED = Duration.ofSeconds(1);

    /** What exists before the first connection is accepted. */
    private record Feed(RoomSubscriptions rooms, StreamSubscriptions streams, LogFollower follower) {}

    GatewayNode(
            GatewaySettings settings,
            SocketAuthenticator authenticator,
            SocketFrames socketFrames,
            Rooms rooms,
            PresenceNode presence,
            Streams streams,
            Notifications notifications,
            LoggedEvents events,
            GatewayHealth health,
            List<Route> routes,
            MeterRegistry meters,
            @Nullable GatewayTls tls,
            boolean limited) {
        this.settings = settings;
        this.authenticator = authenticator;
        this.socketFrames = socketFrames;
        this.rooms = rooms;
        this.presence = presence;
        this.streams = streams;
        this.notifications = notifications;
        this.events = events;
        this.health = health;
        this.routes = routes;
        this.meters = meters;
        this.tls = tls;
        this.limited = limited;
    }

    @Override
    public void start() {
        GatewayConfig config = config();
        var feed = new java.util.concurrent.atomic.AtomicReference<Feed>();
        try {
            GatewayServer.Builder builder = GatewayServer.builder(config, meters);
            if (tls != null) {
                builder.tls(tls);
            }
            routes.forEach(builder::route);
            GatewayServer server = builder.route(Route.text(
                            "/ws",
                            Authenticator.blocking(handshake ->
                                    authenticate(handshake, feed.get().follower())),
                            socketFrames.protocol(
                                    config,
                                    () -> feed.get().rooms(),
                                    () -> feed.get().streams())))
                    .health(health)
                    .topics(topics -> feed.set(feedOf(topics)))
                    .start();
            LogFollower follower = feed.get().follower();
            ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("expired-sockets").daemon().factory());
            running = new Running(server, follower, clock);
            follower.start();
            clock.scheduleWithFixedDelay(
                    () -> endExpired(server),
                    LOOK_FOR_EXPIRED.toMillis(),
                    LOOK_FOR_EXPIRED.toMillis(),
                    TimeUnit.MILLISECONDS);
            presence.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private GatewayConfig config() {
        GatewayConfigBuilder config = GatewayConfig.defaults()
                .with()
                .bindAddress(settings.address())
                .port(settings.port())
                .allowedOrigins(settings.allowedOrigins())
                .drainTime(settings.drainTime())
                .maxConnectionsPerPrincipal(settings.mostConnectionsOfOnePerson());
        if (!limited) {
            config.maxConnectionsPerPrincipal(Integer.MAX_VALUE)
                    .framesPerSecond(Integer.MAX_VALUE)
                    .frameBurst(Integer.MAX_VALUE);
        }
        return config.build();
    }

    private Authentication authenticate(Handshake handshake, LogFollower follower) {
        return follower.followsLogInUse(REPLACED_LOG)
                ? authenticator.apply(handshake)
                : Authentication.refused(Problem.unavailable("The log was restored and is read anew: connect again"));
    }

    private Feed feedOf(Topics topics) {
        return new Feed(
                rooms.over(topics),
                streams.over(topics),
                new LogFollower(events, topics, rooms.frames(), streams, notifications, this));
    }

    @Override
    public void happened(long position, @Nullable Object event) {
        presence.happened(position, event);
        if (event instanceof SessionEnded ended) {
            endSession(ended.sessionId());
        }
    }

    @Override
    public void startsAt(long position) {
        presence.presence().startAt(position);
    }

    private void endSession(UUID session) {
        Running now = running;
        if (now != null) {
            now.server().closeSession(session.toString(), SocketFrames.SESSION_ENDED);
        }
    }

    private static void endExpired(GatewayServer server) {
        Instant now = Instant.now();
        server.forEachConnection(connection -> {
            if (now.isAfter(connection.principal().endsAt())) {
                SocketFrames.endWithSession(connection);
            }
        });
    }

    /** As when the node stops: who comes back with its old position is told whether it still means anything. */
    @Override
    public void startedOver() {
        Running now = running;
        if (now != null) {
            now.server()
                    .forEachConnection(connection ->
                            connection.close(CloseCode.SERVICE_RESTART, "the log was restored: connect again"));
        }
    }

    @Override
    public void stop() {
        Running stopped = running;
        if (stopped != null) {
            stopped.clock().shutdownNow();
            stopped.server().close();
            stopped.follower().close();
            presence.stop();
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    /** That is listened on, also when a free one was asked for. */
    public int port() {
        return up().server().port();
    }

    /** @throws IllegalStateException when what happens does not reach the sockets */
    Map<String, Object> look() {
        Running now = up();
        Duration silence = now.follower().silence();
        if (silence.compareTo(STUCK) > 0) {
            throw new IllegalStateException("has not read the log for " + silence.toSeconds() + " s");
        }
        long position = now.follower().position();
        long head = events.head();
        if (position > head) {
            throw new IllegalStateException(
                    "is at position %d of a log that ends at %d: start the node again".formatted(position, head));
        }
        return Map.of("connections", now.server().connections(), "position", position, "lag", head - position);
    }

    private Running up() {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("does not run");
        }
        return now;
    }
}
