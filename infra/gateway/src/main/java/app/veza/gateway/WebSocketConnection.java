package app.veza.gateway;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiving half of a connection, and its end: limits, fragments, control frames, the closing handshake. Last handler
 * of its pipeline, member of its shard and {@link Connection} in one object, since there are tens of thousands of them.
 * Fields are the event loop's own.
 */
final class WebSocketConnection extends OutboundConnection {
    private static final Logger log = LoggerFactory.getLogger(WebSocketConnection.class);

    private final Route route;
    private @Nullable ConnectionHandler handler;
    private @Nullable MessageAssembler assembler;
    private long budget;
    private long lastRead;
    private long closingSince;
    private boolean slow;
    private boolean pinged;
    private int index = -1;

    WebSocketConnection(long id, Principal principal, Shard shard, Channel channel, Route route) {
        super(id, principal, shard, channel);
        this.route = route;
        this.lastRead = System.nanoTime();
        this.budget = lastRead;
    }

    void open(ConnectionHandler connectionHandler) {
        if (!isOpen()) {
            return;
        }
        handler = connectionHandler;
        shard.metrics.connections.incrementAndGet();
        guarded(() -> connectionHandler.opened(this));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            lastRead = System.nanoTime();
            pinged = false;
            if (handler != null && message instanceof WebSocketFrame frame) {
                received(frame);
            } else if (beginClosing(CloseCode.PROTOCOL_ERROR)) {
                // Sent before the 101, which a client must wait for
                channel.close();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void received(WebSocketFrame frame) {
        if (!isOpen()) {
            // Frames that were under way when we began to close are not for the handler any more
            if (frame instanceof CloseWebSocketFrame) {
                channel.close();
            }
            return;
        }
        shard.metrics.framesIn.increment();
        shard.metrics.bytesIn.increment(frame.content().readableBytes());
        // A route that takes binary messages paces them itself, by not reading
        boolean paced = route.maxBinaryBytes() > 0 && frame instanceof BinaryWebSocketFrame;
        budget = paced ? budget : shard.budget.admit(budget, lastRead);
        if (budget == FrameBudget.EXCEEDED) {
            close(CloseCode.TOO_MANY_FRAMES, "too many frames");
            return;
        }
        switch (frame) {
            case TextWebSocketFrame text -> data(text, false);
            case BinaryWebSocketFrame binary -> data(binary, true);
            case ContinuationWebSocketFrame more -> continued(more);
            case PingWebSocketFrame ping -> write(EncodedFrame.pong(ByteBufUtil.getBytes(ping.content())));
            case CloseWebSocketFrame close -> closedByPeer(close);
            case PongWebSocketFrame pong -> log.trace("{} answered a ping", this);
            default -> fail(CloseCode.PROTOCOL_ERROR, "unknown frame");
        }
    }

    private void data(WebSocketFrame frame, boolean binary) {
        int limit = binary ? route.maxBinaryBytes() : shard.config.maxTextBytes();
        if (binary && limit == 0) {
            fail(CloseCode.UNSUPPORTED_DATA, "this route takes text only");
        } else if (frame.content().readableBytes() > limit) {
            fail(CloseCode.TOO_BIG, "message above " + limit + " bytes");
        } else if (frame.isFinalFragment()) {
            deliver(ByteBufUtil.getBytes(frame.content()), binary);
        } else {
            assembler = new MessageAssembler(binary, limit);
            assembler.add(frame.content());
        }
    }

    private void continued(WebSocketFrame frame) {
        MessageAssembler message = assembler;
        if (message == null) {
            fail(CloseCode.PROTOCOL_ERROR, "continuation of nothing");
        } else if (!message.add(frame.content())) {
            fail(CloseCode.TOO_BIG, "message above its limit");
        } else if (frame.isFinalFragment()) {
            assembler = null;
            deliver(message.message(), message.binary());
        }
    }

    private void deliver(byte[] payload, boolean binary) {
        ConnectionHandler receiver = java.util.Objects.requireNonNull(handler);
        if (binary) {
            guarded(() -> receiver.binary(this, payload));
        } else if (Utf8.valid(payload)) {
            guarded(() -> receiver.text(this, payload));
        } else {
            fail(CloseCode.INVALID_PAYLOAD, "text is not UTF-8");
        }
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException failure) {
            log.error("Handler of {} failed", this, failure);
            fail(CloseCode.INTERNAL_ERROR, "internal error");
        }
    }

    private void closedByPeer(CloseWebSocketFrame close) {
        int code = close.statusCode() < 0 ? CloseCode.NO_STATUS : close.statusCode();
        if (beginClosing(code)) {
            channel.writeAndFlush(EncodedFrame.close(code == CloseCode.NO_STATUS ? CloseCode.NORMAL : code, ""))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    void closeNow(int code, String reason) {
        if (beginClosing(code)) {
            // The peer's answer is waited for, and pauses of the handler must not keep it from being read
            channel.config().setAutoRead(true);
            channel.writeAndFlush(EncodedFrame.close(code, reason), channel.voidPromise());
        }
    }

    /** Closes for a fault of the peer: nothing it sends can be understood any more, so our half ends with the frame. */
    private void fail(int code, String reason) {
        if (beginClosing(code)) {
            channel.config().setAutoRead(true);
            channel.writeAndFlush(EncodedFrame.close(code, reason)).addListener(done -> Pipelines.endOutput(channel));
        }
    }

    @Override
    void slowReader() {
        slow = true;
        super.slowReader();
    }

    private boolean beginClosing(int code) {
        if (!markClosed()) {
            return false;
        }
        closingSince = System.nanoTime();
        assembler = null;
        shard.open.leave(this);
        shard.metrics.closed(code);
        ConnectionHandler receiver = handler;
        if (receiver != null) {
            shard.metrics.connections.decrementAndGet();
            try {
                receiver.closed(this, code);
            } catch (RuntimeException failure) {
                log.error("Handler of {} failed at its end", this, failure);
            }
        }
        return true;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        beginClosing(CloseCode.ABNORMAL);
        shard.leave(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            fail(corrupted.closeStatus().code(), String.valueOf(corrupted.getMessage()));
        } else if (cause instanceof IOException) {
            log.debug("{} broke: {}", this, cause.toString());
            channel.close();
        } else {
            log.error("{} failed", this, cause);
            fail(CloseCode.INTERNAL_ERROR, "internal error");
        }
    }

    @Override
    public void sweep(long now) {
        if (!isOpen()) {
            // To a slow reader the close frame stands behind all that it has yet to take
            Duration patience = slow ? shard.config.slowReaderTimeout() : shard.config.closeTimeout();
            if (now - closingSince > patience.toNanos()) {
                channel.close();
            }
            return;
        }
        if (unwritableFor(now) > shard.config.slowReaderTimeout().toNanos()) {
            slowReader();
            return;
        }
        if (!channel.config().isAutoRead()) {
            // Not reading is our choice: silence is not the peer's
            lastRead = now;
        }
        long silent = now - lastRead;
        if (silent > shard.config.idleTimeout().toNanos()) {
            closeNow(CloseCode.GOING_AWAY, "idle");
        } else if (silent > shard.config.pingInterval().toNanos() && !pinged) {
            pinged = true;
            write(EncodedFrame.ping());
        }
    }

    @Override
    public void drain() {
        closeNow(CloseCode.SERVICE_RESTART, "the server restarts, connect again");
    }

    @Override
    public void abort() {
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
