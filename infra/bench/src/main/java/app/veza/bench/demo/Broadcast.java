package app.veza.bench.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One person's stream: an Opus tune in an Ogg container, sent as fast as it plays. */
final class Broadcast {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Person broadcaster;
    private final String id;
    private final URI ingest;
    private final String playback;

    private Broadcast(Person broadcaster, String id, URI ingest, String playback) {
        this.broadcaster = broadcaster;
        this.id = id;
        this.ingest = ingest;
        this.playback = playback;
    }

    /** That of the run before, if it has not ended; each has its number in its key. */
    static Broadcast open(Person broadcaster) throws InterruptedException {
        for (int number = 1; ; number++) {
            JsonNode created = broadcaster
                    .client()
                    .command(
                            "POST",
                            "/api/streams",
                            Map.of(
                                    "title",
                                    "Harbour radio",
                                    "description",
                                    "A tune that goes round, from the demo",
                                    "visibility",
                                    "public",
                                    "record",
                                    false),
                            "demo-stream-" + number);
            String id = created.path("streamId").asString();
            String state = broadcaster.client().get("/api/streams/" + id).text("state");
            if (!state.equals("ended")) {
                return new Broadcast(
                        broadcaster,
                        id,
                        URI.create(created.path("ingestUrl").asString()),
                        created.path("playbackUrl").asString());
            }
        }
    }

    String id() {
        return id;
    }

    String playback() {
        return playback;
    }

    /** It is on a list of listeners, whoever of them really plays it. */
    void join(Person listener) throws InterruptedException {
        listener.client().command("POST", "/api/streams/" + id + "/listeners/me", null, "demo-listens-" + id);
    }

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
            socket.sendBinary(ByteBuffer.wrap(tune.next()), true).join();
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
                    .header("Authorization", "Bearer " + broadcaster.client().token())
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

    void stop() throws InterruptedException {
        broadcaster.client().command("POST", "/api/streams/" + id + "/stop", null, "demo-stop-" + id);
    }
}
