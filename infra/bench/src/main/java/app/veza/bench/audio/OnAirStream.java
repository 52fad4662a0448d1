package app.veza.bench.audio;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A broadcaster who speaks in real time until hung up, on a thread of its own. */
final class OnAirStream implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final String streamId;
    private final WebSocket socket;
    private final Thread speaker;
    private volatile long began;
    private volatile boolean over;
    private volatile @Nullable String failure;

    OnAirStream(URI gateway, String streamId, String token, Speech.Messages messages) {
        this.streamId = streamId;
        this.socket = open(gateway.resolve("/live/" + streamId), token);
        this.speaker = Thread.ofVirtual().start(() -> speak(messages));
    }

    private WebSocket open(URI address, String token) {
        try {
            return HTTP.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + token)
                    .buildAsync(address, new Ear())
                    .join();
        } catch (CompletionException refused) {
            if (refused.getCause() instanceof WebSocketHandshakeException answered) {
                throw new IllegalStateException(
                        "A broadcaster was refused with "
                                + answered.getResponse().statusCode(),
                        refused);
            }
            throw refused;
        }
    }

    String streamId() {
        return streamId;
    }

    /** When the first sample was spoken, on {@link System#nanoTime}: it was sent once the first message was full. */
    long began() {
        return began;
    }

    /** Why it is not on the air any more; null while it is. */
    @Nullable
    String failure() {
        return failure;
    }

    private void speak(Speech.Messages messages) {
        long start = System.nanoTime();
        long chunk = Duration.ofMillis(Speech.CHUNK_MILLIS).toNanos();
        began = start;
        for (long number = 1; !over; number++) {
            long due = start + number * chunk;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            try {
                socket.sendBinary(ByteBuffer.wrap(messages.next()), true).join();
            } catch (CompletionException gone) {
                failed(gone.getMessage());
                return;
            }
        }
    }

    private void failed(@Nullable String why) {
        if (!over) {
            failure = String.valueOf(why);
        }
    }

    @Override
    public void close() {
        over = true;
        speaker.interrupt();
        socket.abort();
    }

    private final class Ear implements WebSocket.Listener {

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            failed("closed with " + code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable broken) {
            failed(broken.toString());
        }
    }
}
