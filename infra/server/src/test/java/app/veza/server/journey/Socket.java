package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client's socket, as anybody could write one from API.md. Everything that arrives is kept, in order. */
public final class Socket implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final Duration SOON = Duration.ofSeconds(15);

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final WebSocket socket;

    private Socket(String address, @Nullable String token) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        socket = builder.buildAsync(URI.create(address), new Listener()).join();
    }

    /** @param token null when a ticket stands in the address */
    public static Socket open(String address, @Nullable String token) {
        return new Socket(address, token);
    }

    /** HTTP status with which the handshake is refused. */
    public static int refused(String address, @Nullable String token) {
        try (Socket unexpected = open(address, token)) {
            throw new AssertionError("The handshake was accepted: " + unexpected.received);
        } catch (CompletionException failure) {
            return ((WebSocketHandshakeException) failure.getCause())
                    .getResponse()
                    .statusCode();
        }
    }

    /** Sends a frame and waits for the one reply to it. */
    public JsonNode ask(String type, Map<String, ?> members) {
        return reply(send(type, members));
    }

    int send(String type, Map<String, ?> members) {
        int id = ids.incrementAndGet();
        Map<String, Object> frame = new HashMap<>(members);
        frame.put("id", id);
        frame.put("type", type);
        socket.sendText(JSON.writeValueAsString(frame), true).join();
        return id;
    }

    /** A frame as it is, whatever it is. */
    void sendText(String text) {
        socket.sendText(text, true).join();
    }

    JsonNode reply(int id) {
        await().atMost(SOON).until(() -> !replies(id).isEmpty());
        return replies(id).getFirst();
    }

    private List<JsonNode> replies(int id) {
        return received.stream()
                .filter(frame -> frame.path("id").asInt(0) == id)
                .toList();
    }

    /** Events, which bear no id, as they came. */
    public List<JsonNode> events() {
        return received.stream().filter(frame -> !frame.has("id")).toList();
    }

    /** Waits for so many events, and that none follows until another frame was answered. */
    List<JsonNode> events(int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(events()).hasSizeGreaterThanOrEqualTo(count));
        ask("ping", Map.of());
        assertThat(events()).hasSize(count);
        return events();
    }

    /** Everything in the order of its arrival. */
    List<JsonNode> received() {
        return List.copyOf(received);
    }

    int closeCode(Duration within) {
        await().atMost(within).until(closed::isDone);
        return closed.join();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                received.add(JSON.readTree(text.toString()));
                text.setLength(0);
            }
            webSocket.request(1);
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
