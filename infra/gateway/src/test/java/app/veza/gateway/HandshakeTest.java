package app.veza.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeTest {
    private static Fixture fixture;

    @BeforeAll
    static void start() {
        GatewayConfig config = Fixture.config()
                .allowedOrigins(Set.of("https://app.example"))
                .handshakeTimeout(Duration.ofMillis(300))
                .build();
        fixture = Fixture.start(
                config,
                builder -> builder.route(Route.text(
                                "/never", handshake -> new CompletableFuture<>(), (connection, handshake) -> null))
                        .route(Route.text(
                                "/broken",
                                handshake -> {
                                    throw new IllegalStateException("store is away");
                                },
                                (connection, handshake) -> null)));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private RawClient.Answer ask(String request) {
        try (RawClient client = RawClient.socket(fixture.server.port())) {
            return client.write(request).answer();
        }
    }

    @Test
    void anOrdinaryClientConnectsByHeaderAndIsEchoed() throws Exception {
        CompletableFuture<String> echoed = new CompletableFuture<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            WebSocket socket = http.newWebSocketBuilder()
                    .header("Authorization", "Bearer ada")
                    .buildAsync(
                            URI.create("ws://127.0.0.1:" + fixture.server.port() + "/ws"), new WebSocket.Listener() {
                                @Override
                                public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                                    echoed.complete(data.toString());
                                    return null;
                                }
                            })
                    .get(5, TimeUnit.SECONDS);
            socket.sendText("grüß dich 👋", true).get(5, TimeUnit.SECONDS);
            assertThat(echoed.get(5, TimeUnit.SECONDS)).isEqualTo("grüß dich 👋");
            assertThat(fixture.opened.getLast().principal().id()).isEqualTo("ada");
            socket.sendClose(1000, "done").get(5, TimeUnit.SECONDS);
            socket.abort();
        }
    }

    @Test
    void aTicketInTheQueryIsEnough() {
        RawClient.Answer answer = ask(RawClient.upgrade("/ws?ticket=eve%20x"));
        assertThat(answer.status()).isEqualTo(101);
        // The example of RFC 6455, section 1.3
        assertThat(answer.headers()).containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    @Test
    void whoIsNotKnownGetsAProblemAndNoSocket() {
        double before = fixture.count("gateway.handshakes", "outcome", "refused");
        RawClient.Answer answer = ask(RawClient.upgrade("/ws", "Authorization: Bearer bad"));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
        assertThat(answer.body()).contains("\"type\":\"https://veza.app/problems/unauthenticated\"", "\"status\":401");
        assertThat(fixture.count("gateway.handshakes", "outcome", "refused")).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example, 101",
        "http://127.0.0.1:8080, 101",
        "https://evil.example, 403",
        "https://app.example.evil.example, 403",
        "null, 403",
        "'', 403"
    })
    void aBrowserMayComeFromListedPagesAndFromTheSameHost(String origin, int status) {
        assertThat(ask(RawClient.upgrade("/ws", "Authorization: Bearer ada", "Origin: " + origin))
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "/nowhere, 404",
        "/live/, 404",
        "/live/a/b, 404",
        "/ws/, 404",
        "/live/a, 101",
        "/broken, 503",
        "/never, 503",
        "/ws%zz, 400"
    })
    void thePathDecides(String path, int status) {
        RawClient.Answer answer = ask(RawClient.upgrade(path, "Authorization: Bearer ada"));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().containsKey("retry-after"))
                .as("who is to come again is told when")
                .isEqualTo(status == 503);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-WebSocket-Version: 13, Sec-WebSocket-Version: 8, 426",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, Sec-WebSocket-Key: short, 400",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, X: y, 400",
        "Connection: Upgrade, Connection: keep-alive, 400",
        "GET, PUT, 400",
        "HTTP/1.1, HTTP/1.0, 400",
        "HTTP/1.1, HTTP, 400"
    })
    void aFaultyHandshakeIsTold(String part, String replacement, int status) {
        String request = RawClient.upgrade("/ws", "Authorization: Bearer ada").replace(part, replacement);
        assertThat(ask(request).status()).isEqualTo(status);
    }

    @Test
    void oversizedRequestsAreTold() {
        assertThat(ask(RawClient.upgrade("/ws?ticket=" + "x".repeat(9_000))).status())
                .isEqualTo(414);
        assertThat(ask(RawClient.upgrade("/ws", "X: " + "x".repeat(17_000))).status())
                .isEqualTo(431);
    }

    @Test
    void aSocketThatSaysNothingIsClosed() {
        try (RawClient client = RawClient.socket(fixture.server.port())) {
            assertThat(client.ended()).isTrue();
        }
        try (RawClient client = RawClient.socket(fixture.server.port())) {
            assertThat(client.write("GET /ws HTTP/1.1\r\nHost: a\r\n").ended()).isTrue();
        }
    }

    @Test
    void framesSentBeforeTheHandshakeIsCompleteEndIt() {
        try (RawClient client = RawClient.socket(fixture.server.port())) {
            byte[] request = RawClient.upgrade("/ws", "Authorization: Bearer ada")
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            byte[] frame = RawClient.encode(
                    true, RawClient.TEXT, "early\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            byte[] both = java.util.Arrays.copyOf(request, request.length + frame.length);
            System.arraycopy(frame, 0, both, request.length, frame.length);
            client.write(both);
            assertThat(client.answer().status()).isEqualTo(101);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aFullServerSaysSo() {
        try (Fixture small = Fixture.start(Fixture.config().maxConnections(1).build());
                RawClient first = small.connect("/ws");
                RawClient second = RawClient.socket(small.server.port())) {
            RawClient.Answer answer = second.write(RawClient.upgrade("/ws", "Authorization: Bearer b"))
                    .answer();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers()).containsKey("retry-after");
            assertThat(first.text("still here").read().text()).isEqualTo("still here");
        }
    }

    @Test
    void aTakenPortIsAClearError() {
        assertThatThrownBy(() -> GatewayServer.builder(
                                Fixture.config().port(fixture.server.port()).build(), fixture.meters)
                        .start())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on 127.0.0.1 port " + fixture.server.port());
    }
}
