package app.veza.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** The handlers of a socket: two while it speaks HTTP, two once it is a connection; TLS, where it is spoken, before them. */
final class Pipelines {
    /** A ticket or a token stands in the target or in a header; nothing larger is expected. */
    private static final int MAX_LINE = 8 * 1024;

    private static final int MAX_HEADERS = 16 * 1024;

    private final GatewayConfig config;
    private final @Nullable Supplier<SSLEngine> tls;

    Pipelines(GatewayConfig config, @Nullable Supplier<SSLEngine> tls) {
        this.config = config;
        this.tls = tls;
    }

    void http(Channel channel, HttpEdge edge) {
        HttpDecoderConfig decoder =
                new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE).setMaxHeaderSize(MAX_HEADERS);
        if (tls != null) {
            SslHandler handler = new SslHandler(tls.get());
            handler.setHandshakeTimeoutMillis(config.handshakeTimeout().toMillis());
            channel.pipeline().addLast(handler);
        }
        channel.pipeline().addLast(new HttpServerCodec(decoder), edge);
    }

    /** Ends our half of a socket, after what is on its way: under TLS the peer is told so, lest it take the end for an attack. */
    static void endOutput(Channel channel) {
        SslHandler secure = channel.pipeline().get(SslHandler.class);
        if (secure == null) {
            ((DuplexChannel) channel).shutdownOutput();
        } else {
            secure.closeOutbound().addListener(done -> ((DuplexChannel) channel).shutdownOutput());
        }
    }

    /** There is no encoder: {@link EncodedFrame} is the wire. No extension is negotiated: compression windows would dwarf a connection. */
    void toWebSocket(Channel channel, Route route, WebSocketConnection connection) {
        WebSocketDecoderConfig decoder = WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(true)
                .allowMaskMismatch(false)
                .allowExtensions(false)
                .maxFramePayloadLength(Math.max(config.maxTextBytes(), route.maxBinaryBytes()))
                // The connection closes, so that the code is counted and the handler told
                .closeOnProtocolViolation(false)
                .build();
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new WebSocket13FrameDecoder(decoder), connection);
        // In this order: what the codec still holds goes to the connection, which knows that it came too early
        pipeline.remove(HttpEdge.class);
        pipeline.remove(HttpServerCodec.class);
    }
}
