package app.veza.server.live;

import app.veza.audio.live.Broadcast;
import app.veza.audio.live.BroadcastSink;
import app.veza.command.Rejection;
import app.veza.gateway.CloseCode;
import app.veza.gateway.Connection;
import app.veza.gateway.ConnectionHandler;
import app.veza.gateway.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The connection of one broadcaster. Not read from before its stream is ready, nor while what was read is not worked up. Whoever is
 * sent away gets a frame with the problem, then a close code: 4415 no such audio, 4422 it cannot be decoded, 4408 none came, 4409 the
 * broadcaster is elsewhere; or a close code alone: 1012 not possible here now, 1000 the stream has ended.
 */
final class BroadcasterSocket implements ConnectionHandler, BroadcastSink {

    private static final Logger log = LoggerFactory.getLogger(BroadcasterSocket.class);
    private static final int MOST_REASON_BYTES = 120;

    private final Connection connection;
    private final Function<BroadcastSink, Begun> connecting;
    private final JsonMapper json;
    private final Queue<byte[]> early = new ArrayDeque<>();
    /** Of the connection's event loop, as all above. */
    private @Nullable Begun begun;

    private boolean closed;

    /** @param left to be called once, when the connection is gone; may block */
    record Begun(Broadcast broadcast, Runnable left) {}

    /** @param connecting makes the stream ready; may block */
    BroadcasterSocket(Connection connection, Function<BroadcastSink, Begun> connecting, JsonMapper json) {
        this.connection = connection;
        this.connecting = connecting;
        this.json = json;
    }

    @Override
    public void opened(Connection opened) {
        Thread.ofVirtual().name("live-connect").start(() -> {
            try {
                Begun ready = connecting.apply(this);
                connection.execute(() -> begin(ready));
            } catch (Rejection refused) {
                // Whoever connects again is told why
                log.info("{} cannot broadcast now: {}", connection.principal(), refused.getMessage());
                connection.close(CloseCode.SERVICE_RESTART, "not possible now, connect again");
            } catch (RuntimeException failure) {
                log.error("A broadcast into {} could not begin", connection.principal(), failure);
                connection.close(CloseCode.SERVICE_RESTART, "not possible now, connect again");
            }
        });
    }

    private void begin(Begun ready) {
        begun = ready;
        if (closed) {
            leave(ready);
            return;
        }
        // First, for what came early may already be more than is to be read now
        connection.resumeReading();
        for (byte[] payload = early.poll(); payload != null; payload = early.poll()) {
            ready.broadcast().take(payload);
        }
    }

    @Override
    public void binary(Connection from, byte[] payload) {
        if (begun == null) {
            // The gateway begins to read once a connection is open, whatever was said then
            connection.pauseReading();
            early.add(payload);
        } else {
            begun.broadcast().take(payload);
        }
    }

    @Override
    public void text(Connection from, byte[] utf8) {
        connection.close(CloseCode.UNSUPPORTED_DATA, "audio is sent as binary messages");
    }

    @Override
    public void closed(Connection gone, int code) {
        closed = true;
        if (begun != null) {
            leave(begun);
        }
    }

    private static void leave(Begun left) {
        left.broadcast().closed();
        Thread.ofVirtual().name("live-leave").start(left.left());
    }

    @Override
    public void close(Reason reason, String text) {
        switch (reason) {
            case UNSUPPORTED -> refuse(415, "unsupported-audio", "Unsupported audio", text);
            case UNDECODABLE -> refuse(422, "undecodable-audio", "Undecodable audio", text);
            case UNAVAILABLE -> connection.close(CloseCode.SERVICE_RESTART, text);
            case STALLED -> refuse(408, "no-audio", "No audio came", text);
            case REPLACED -> refuse(409, "broadcast-elsewhere", "Broadcast from elsewhere", text);
            case ENDED -> connection.close(CloseCode.NORMAL, text);
        }
    }

    private void refuse(int status, String slug, String title, String text) {
        Map<String, Object> frame = Map.of(
                "type",
                "error",
                "problem",
                Problem.of(status, slug, title, text).members());
        connection.send(json.writeValueAsBytes(frame));
        connection.close(4000 + status, brief(text));
    }

    /** A close frame has room for 123 bytes. Texts are ASCII. */
    private static String brief(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return bytes.length <= MOST_REASON_BYTES
                ? new String(bytes, StandardCharsets.US_ASCII)
                : new String(bytes, 0, MOST_REASON_BYTES - 3, StandardCharsets.US_ASCII) + "...";
    }

    @Override
    public void pause() {
        connection.pauseReading();
    }

    @Override
    public void resume() {
        connection.resumeReading();
    }
}
