package app.veza.bench.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sound for a stream: an Opus tune in an Ogg container, sent as fast as it plays.
 *
 * @param token of the broadcaster, who may send
 */
record Feed(URI ingest, String token) {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    /**
     * Sends until told to end, or until the platform closes the socket.
     *
     * @return why the platform closed it; null when it was told to end
     */
    @Nullable
    String play(CountDownLatch end) throws InterruptedException {
        var closed = new Closed();
        WebSocket socket = connect(closed);
        OpusLoop tune = OpusLoop.ofTune(ThreadLocalRandom.current().nextInt());
        long due = System.nanoTime();
        while (!end.await(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS)) {
            if (closed.reason != null) {
                return closed.reason;
            }
            try {
                socket.sendBinary(ByteBuffer.wrap(tune.next()), true).join();
            } catch (CompletionException failure) {
                return "cut off: " + failure.getCause();
            }
            due += OpusLoop.PAGE.toNanos();
        }
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        return null;
    }

    private WebSocket connect(Closed closed) {
        try {
            return HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .connectTimeout(CONNECT)
                    .header("Authorization", "Bearer " + token)
                    .buildAsync(ingest, closed)
                    .join();
        } catch (CompletionException failure) {
            throw new IllegalStateException(
                    "The stream cannot be fed: %s does not take the socket (%s)"
                            .formatted(ingest, failure.getCause().getMessage()),
                    failure);
        }
    }

    private static final class Closed implements WebSocket.Listener {
        private volatile @Nullable String reason;

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String why) {
            reason = "closed with %d %s".formatted(code, why);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            reason = failure.toString();
        }
    }
}
