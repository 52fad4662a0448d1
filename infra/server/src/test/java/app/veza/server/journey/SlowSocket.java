package app.veza.server.journey;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that reads only as much as it is told to: what it leaves unread fills the buffers of both sides. */
final class SlowSocket {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;
    private volatile boolean isEager;

    private SlowSocket(String address, String token) {
        socket = HTTP.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create(address), new Listener())
                .join();
    }

    static SlowSocket open(String address, String token) {
        return new SlowSocket(address, token);
    }

    void send(String frame) {
        socket.sendText(frame, true).join();
    }

    /** Reads so many messages, and nothing that follows. */
    void read(int messages) {
        int before = received.size();
        socket.request(1);
        await().atMost(Duration.ofSeconds(60)).until(() -> received.size() >= before + messages);
    }

    /** Reads on until the socket is closed; with which code. */
    int readAll(Duration within) {
        isEager = true;
        socket.request(1);
        await().atMost(within).until(closed::isDone);
        return closed.join();
    }

    /** Events, which bear no id, as they came. */
    List<JsonNode> events() {
        return received.stream().filter(frame -> !frame.has("id")).toList();
    }

    private final class Listener implements WebSocket.Listener {

        @Override
        public void onOpen(WebSocket webSocket) {
            // reads nothing yet
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                received.add(JsonMapper.shared().readTree(text.toString()));
                text.setLength(0);
            }
            if (!last || isEager) {
                webSocket.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable failure) {
            closed.completeExceptionally(failure);
        }
    }
}
