package app.veza.gateway;

import app.veza.gateway.GatewayMetrics.HandshakeOutcome;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A handshake from the request to the 101 or to its refusal: what is asked for, from where, by whom. */
final class Opening {
    private static final Logger log = LoggerFactory.getLogger(Opening.class);

    /** One that was cut off counts until it is found to be idle. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final HttpEdge edge;
    private final Gateway gateway;
    private final Shard shard;
    private final Channel channel;
    private final HttpRequest request;
    private boolean authenticating;

    Opening(HttpEdge edge, Gateway gateway, Shard shard, Channel channel, HttpRequest request) {
        this.edge = edge;
        this.gateway = gateway;
        this.shard = shard;
        this.channel = channel;
        this.request = request;
    }

    void begin(RequestTarget target) {
        var match = gateway.routes().socket(target.path());
        Problem fault = Upgrade.fault(request);
        if (match.isEmpty()) {
            edge.refuse(HttpResponses.notFound(), HandshakeOutcome.NOT_FOUND);
        } else if (fault != null) {
            shard.metrics.handshake(HandshakeOutcome.MALFORMED);
            edge.answer(
                    fault.status() == 426 ? HttpResponses.upgradeRequired(fault.detail()) : HttpAnswer.problem(fault),
                    true);
        } else if (!gateway.origins()
                .permits(
                        request.headers().get(HttpHeaderNames.ORIGIN),
                        request.headers().get(HttpHeaderNames.HOST))) {
            edge.refuse(
                    Problem.of(403, "origin-not-allowed", "Origin not allowed", "Not from this page"),
                    HandshakeOutcome.ORIGIN);
        } else {
            authenticating = true;
            edge.hold();
            Route route = match.get().target();
            Handshake handshake = target.handshake(match.get().pathVariables());
            edge.onLoop(() -> route.authenticator().authenticate(handshake), (outcome, failure) -> {
                // The peer may have gone meanwhile, or the time be over
                if (authenticating && channel.isActive()) {
                    authenticating = false;
                    authenticated(route, handshake, outcome, failure);
                }
            });
        }
    }

    private void authenticated(
            Route route, Handshake handshake, @Nullable Authentication outcome, @Nullable Throwable failure) {
        switch (outcome) {
            case Authentication.Accepted(Principal principal) -> {
                if (gateway.draining()) {
                    shard.metrics.handshake(HandshakeOutcome.OVERLOADED);
                    edge.answer(HttpResponses.unavailable(), true);
                } else {
                    upgrade(route, handshake, principal);
                }
            }
            case Authentication.Refused(Problem problem) -> edge.refuse(problem, HandshakeOutcome.REFUSED);
            case null -> {
                log.error("Authentication of a handshake for {} failed", handshake.path(), failure);
                edge.refuse(Problem.unavailable("Authentication is not available now"), HandshakeOutcome.FAILED);
            }
        }
    }

    private void upgrade(Route route, Handshake handshake, Principal principal) {
        WebSocketConnection connection =
                new WebSocketConnection(gateway.nextConnectionId(), principal, shard, channel, route);
        if (!shard.open.enter(connection)) {
            edge.refuse(tooMany(), HandshakeOutcome.TOO_MANY);
            return;
        }
        ConnectionHandler handler;
        try {
            handler = Objects.requireNonNull(route.handlers().apply(connection, handshake));
        } catch (RuntimeException failure) {
            connection.markClosed();
            shard.open.leave(connection);
            log.error("No handler for a connection to {}", handshake.path(), failure);
            edge.refuse(Problem.internal(), HandshakeOutcome.FAILED);
            return;
        }
        channel.writeAndFlush(HttpResponses.switchingProtocols(request), channel.voidPromise());
        shard.metrics.handshake(HandshakeOutcome.ACCEPTED);
        if (edge.becomes(connection, route)) {
            connection.open(handler);
            channel.config().setAutoRead(true);
        } else {
            channel.close();
        }
    }

    private Problem tooMany() {
        return Problem.of(
                        429,
                        "too-many-connections",
                        "Too many connections",
                        "You have " + shard.config.maxConnectionsPerPrincipal()
                                + " connections open here: close one first.")
                .retryAfter(RETRY_AFTER);
    }

    /** The time for a handshake is over; false when nobody is being authenticated. */
    boolean expire() {
        if (!authenticating) {
            return false;
        }
        authenticating = false;
        edge.refuse(Problem.unavailable("Authentication took too long"), HandshakeOutcome.TIMEOUT);
        return true;
    }
}
