package app.veza.server.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Programs that are told what happens, each at a path of its own. */
final class HookServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Of what another program was told already, for so long at least nothing comes. */
    private static final Duration SILENCE = Duration.ofMillis(500);

    private final AtomicInteger paths = new AtomicInteger();
    private final HttpServer server;

    HookServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    Hook hook() {
        return new Hook("/hook" + paths.incrementAndGet());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** What came to one path. */
    final class Hook {

        private final List<Post> posts = new CopyOnWriteArrayList<>();
        private final String url;
        private volatile int status = 204;

        private Hook(String path) {
            url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
            server.createContext(path, exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                posts.add(new Post(
                        HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true),
                        body,
                        JSON.readTree(body)));
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
        }

        String url() {
            return url;
        }

        List<Post> posts() {
            return posts;
        }

        void answer(int with) {
            status = with;
        }

        /** @param count of the post, from 1 */
        Post next(int count) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(posts).hasSizeGreaterThanOrEqualTo(count));
            return posts.get(count - 1);
        }

        /**
         * @param count of what it was ever told
         * @param other that is told something as its first which this one is not
         */
        void isToldNoMoreThan(int count, Hook other) {
            other.next(1);
            await().during(SILENCE)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(posts).hasSize(count));
        }
    }

    record Post(HttpHeaders headers, String raw, JsonNode body) {

        String type() {
            return body.path("type").asString();
        }

        boolean isSignedWith(String secret) {
            try {
                new Webhook(secret).verify(raw, headers);
                return true;
            } catch (WebhookVerificationException forged) {
                return false;
            }
        }
    }
}
