package app.veza.gateway;

import app.veza.gateway.GatewayMetrics.HandshakeOutcome;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket before it is a connection: plain requests, one at a time, and the handshake that ends this stage. While a
 * request is being answered the socket is not read; what came in the same read is kept for after the answer.
 */
final class HttpEdge extends ChannelInboundHandlerAdapter implements Member {
    private static final Logger log = LoggerFactory.getLogger(HttpEdge.class);
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS");

    private final Gateway gateway;
    private final Shard shard;
    private final Channel channel;
    private final boolean overloaded;
    private @Nullable HttpRequest request;
    /** Past it the socket ends; {@link Long#MAX_VALUE} while a handler of ours has the request. */
    private long deadline;

    private @Nullable Opening opening;
    private boolean answering;
    private boolean upgraded;
    private boolean finished;
    private final ArrayDeque<Object> pipelined = new ArrayDeque<>(1);
    private int index = -1;

    /** @param overloaded more sockets are open than allowed: whatever is asked is answered 503 */
    HttpEdge(Gateway gateway, Shard shard, Channel channel, boolean overloaded) {
        this.gateway = gateway;
        this.shard = shard;
        this.channel = channel;
        this.overloaded = overloaded;
        expectWithin(shard.config.handshakeTimeout().toNanos());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (finished) {
            ReferenceCountUtil.release(message);
        } else if (answering) {
            // At most what one read holds, since reading has stopped
            pipelined.add(message);
        } else {
            try {
                received(message);
            } finally {
                ReferenceCountUtil.release(message);
            }
        }
    }

    private void received(Object message) {
        if (message instanceof HttpRequest begun) {
            request = begun;
            if (begun.decoderResult().isFailure()) {
                refuse(HttpResponses.unreadable(begun.decoderResult().cause()), HandshakeOutcome.MALFORMED);
                return;
            }
        }
        if (message instanceof HttpContent content && content.content().isReadable()) {
            refuse(Problem.of(413, "too-large", "Too large", "No body is taken here"), HandshakeOutcome.MALFORMED);
        } else if (message instanceof LastHttpContent && request != null) {
            received(request);
        }
    }

    private void received(HttpRequest complete) {
        boolean upgrade = Upgrade.asked(complete);
        if (overloaded || gateway.draining()) {
            countIf(upgrade, HandshakeOutcome.OVERLOADED);
            answer(HttpResponses.unavailable(), true);
            return;
        }
        RequestTarget target;
        try {
            target = RequestTarget.of(complete, channel);
        } catch (IllegalArgumentException malformed) {
            refuse(Problem.malformed("The request's target is not well-formed"), HandshakeOutcome.MALFORMED);
            return;
        }
        if (upgrade) {
            opening = new Opening(this, gateway, shard, channel, complete);
            opening.begin(target);
        } else {
            plain(complete, target);
        }
    }

    private void plain(HttpRequest complete, RequestTarget target) {
        var page = gateway.routes().page(target.path());
        String method = complete.method().name();
        if (page.isPresent() && METHODS.contains(method)) {
            deadline = Long.MAX_VALUE;
            hold();
            HttpHandler handler = page.get().target();
            HttpCall call = target.call(method, page.get().pathVariables());
            onLoop(() -> handler.handle(call), (answer, failure) -> {
                if (failure != null) {
                    log.error("HTTP handler of {} failed", target.path(), failure);
                }
                answer(answer == null ? HttpAnswer.problem(Problem.internal()) : answer, failure != null);
            });
        } else if (page.isPresent()) {
            answer(HttpResponses.methodNotAllowed(), false);
        } else if (gateway.routes().socket(target.path()).isPresent()) {
            answer(HttpResponses.upgradeRequired("This is a WebSocket"), false);
        } else {
            answer(HttpAnswer.problem(HttpResponses.notFound()), false);
        }
    }

    /** The handshake is complete: the connection takes this socket's place. False when the peer did not wait for it. */
    boolean becomes(WebSocketConnection connection, Route route) {
        upgraded = true;
        boolean early = !pipelined.isEmpty();
        releasePipelined();
        shard.members.replace(this, connection);
        gateway.pipelines().toWebSocket(channel, route, connection);
        return !early;
    }

    void refuse(Problem problem, HandshakeOutcome outcome) {
        countIf(request != null && Upgrade.asked(request), outcome);
        answer(HttpAnswer.problem(problem), true);
    }

    private void countIf(boolean upgrade, HandshakeOutcome outcome) {
        if (upgrade) {
            shard.metrics.handshake(outcome);
        }
    }

    void answer(HttpAnswer answer, boolean last) {
        hold();
        HttpRequest asked = request;
        boolean close = last || gateway.draining() || asked == null || !HttpUtil.isKeepAlive(asked);
        // Long enough for a slow peer to take the whole answer, not for ever
        expectWithin(shard.config.idleTimeout().toNanos());
        channel.writeAndFlush(HttpResponses.of(answer, close)).addListener(done -> {
            if (!done.isSuccess()) {
                channel.close();
                return;
            }
            if (close) {
                finish();
                return;
            }
            request = null;
            answering = false;
            expectWithin(shard.config.handshakeTimeout().toNanos());
            next();
        });
    }

    private void releasePipelined() {
        pipelined.forEach(ReferenceCountUtil::release);
        pipelined.clear();
    }

    void hold() {
        answering = true;
        channel.config().setAutoRead(false);
    }

    private void next() {
        while (!answering && !pipelined.isEmpty()) {
            Object message = pipelined.poll();
            try {
                received(message);
            } finally {
                ReferenceCountUtil.release(message);
            }
        }
        if (!answering) {
            channel.config().setAutoRead(true);
        }
    }

    /** Ends our half and reads on to the peer's: closing with bytes unread would reset the answer on its way. */
    private void finish() {
        finished = true;
        releasePipelined();
        expectWithin(shard.config.closeTimeout().toNanos());
        Pipelines.endOutput(channel);
        channel.config().setAutoRead(true);
    }

    /** Calls out, and comes back to the loop with either outcome; a call that throws has failed like one that ends so. */
    <T> void onLoop(Supplier<CompletionStage<T>> call, BiConsumer<@Nullable T, @Nullable Throwable> next) {
        CompletionStage<T> stage;
        try {
            stage = call.get();
        } catch (RuntimeException failure) {
            stage = CompletableFuture.failedStage(failure);
        }
        stage.whenComplete((value, failure) -> shard.post(() -> next.accept(value, failure)));
    }

    private void expectWithin(long nanos) {
        deadline = System.nanoTime() + nanos;
    }

    @Override
    public void sweep(long now) {
        if (deadline == Long.MAX_VALUE || now - deadline < 0) {
            return;
        }
        if (opening == null || !opening.expire()) {
            channel.close();
        }
    }

    @Override
    public void drain() {
        if (!answering) {
            channel.close();
        }
    }

    @Override
    public void abort() {
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        releasePipelined();
        if (!upgraded) {
            shard.leave(this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            log.warn("A socket failed before its handshake", cause);
        }
        channel.close();
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public void index(int place) {
        index = place;
    }
}
