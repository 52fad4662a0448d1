package app.veza.stores;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.stores.WebhookSender.Answer;
import app.veza.stores.WebhookSender.Failure;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server, with the names that a test gives it. */
@Timeout(60)
class WebhookSenderTest {

    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final byte[] BODY = "{\"type\":\"webhook.test\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path directory;

    private static SSLContext trusting;

    private final Deque<InetAddress> addresses = new ArrayDeque<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong written = new AtomicLong();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpsServer server;
    private WebhookSender sender;

    /** Its own certificate, for hooks.example alone. */
    @BeforeAll
    static void certify() throws Exception {
        Path file = directory.resolve("hooks.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "hooks",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=hooks.example",
                        "-ext",
                        "san=dns:hooks.example",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        assertThat(made.waitFor())
                .as(new String(made.getInputStream().readAllBytes()))
                .isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stored = Files.newInputStream(file)) {
            keys.load(stored, PASSWORD);
        }
        var mine = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        mine.init(keys, PASSWORD);
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        trusting = SSLContext.getInstance("TLS");
        trusting.init(mine.getKeyManagers(), trusted.getTrustManagers(), null);
    }

    @BeforeEach
    void open() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(trusting));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        on("/", exchange -> answer(exchange, 204));
        sender = sender(trusting);
    }

    @AfterEach
    void close() throws IOException {
        over.countDown();
        sender.close();
        server.stop(0);
    }

    /** Every name is of this machine, until a test says which addresses come first. */
    private WebhookSender sender(SSLContext tls) {
        var config = WebhookConfig.of(true, List.of("127.0.0.0/8"));
        WebhookTargets.Names names = host -> {
            InetAddress next = addresses.poll();
            return new InetAddress[] {next == null ? InetAddress.ofLiteral("127.0.0.1") : next};
        };
        return new WebhookSender(new WebhookTargets(config, names), tls, LONGEST, 2);
    }

    private void on(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI());
            exchange.getRequestBody().readAllBytes();
            handler.handle(exchange);
        });
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private Answer post(String path) {
        return sender.post(at("hooks.example", path), Map.of("webhook-id", "id-1"), BODY);
    }

    private URI at(String host, String path) {
        return URI.create("https://" + host + ":" + server.getAddress().getPort() + path);
    }

    private static Answer failed(Failure failure) {
        return new Answer(null, failure);
    }

    private static Answer status(int status) {
        return new Answer(status, null);
    }

    @Test
    void whatIsSentArrivesAsItIs() {
        List<String> received = Collections.synchronizedList(new ArrayList<>());
        server.createContext("/hook", exchange -> {
            received.add(exchange.getRequestMethod());
            received.add(new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            for (String header : List.of("webhook-id", "Content-Type", "User-Agent", "Cookie", "Accept-Encoding")) {
                received.add(String.valueOf(exchange.getRequestHeaders().getFirst(header)));
            }
            exchange.getResponseHeaders().set("Set-Cookie", "a=b");
            answer(exchange, 200);
        });

        assertThat(post("/hook")).isEqualTo(status(200));
        assertThat(post("/hook")).isEqualTo(status(200));
        assertThat(received.subList(0, 7))
                .containsExactly(
                        "POST",
                        "{\"type\":\"webhook.test\"}",
                        "id-1",
                        "application/json",
                        "Veza-Webhooks/1",
                        "null",
                        "null");
        assertThat(received.subList(7, 14)).as("cookies are not kept").isEqualTo(received.subList(0, 7));
    }

    @Test
    void theNameIsKeptForTlsAndForWhoAnswers() throws IOException {
        assertThat(post("/")).isEqualTo(status(204));
        assertThat(asked).singleElement().asString().startsWith("hooks.example:");

        assertThat(sender.post(at("other.example", "/"), Map.of(), BODY))
                .as("the certificate is another's")
                .isEqualTo(failed(Failure.TLS));
        try (WebhookSender stranger = sender(SSLContext.getDefault())) {
            assertThat(stranger.post(at("hooks.example", "/"), Map.of(), BODY))
                    .as("nobody vouches for it")
                    .isEqualTo(failed(Failure.TLS));
        } catch (java.security.NoSuchAlgorithmException never) {
            throw new AssertionError(never);
        }
        assertThat(asked).hasSize(1);
    }

    @Test
    void aNameThatHasMovedInwardsIsNotConnectedTo() {
        on("/once", exchange -> {
            exchange.getResponseHeaders().set("Connection", "close");
            answer(exchange, 204);
        });
        assertThat(post("/once")).isEqualTo(status(204));

        addresses.add(InetAddress.ofLiteral("10.0.0.1"));
        assertThat(post("/once")).isEqualTo(failed(Failure.ADDRESS));
        assertThat(asked).hasSize(1);
    }

    /** It is given to the resolver like any name, or would be connected to unseen. */
    @Test
    void anAddressInPlaceOfANameIsCheckedToo() {
        addresses.add(InetAddress.ofLiteral("10.0.0.1"));

        assertThat(sender.post(at("127.0.0.1", "/"), Map.of(), BODY)).isEqualTo(failed(Failure.ADDRESS));
        assertThat(asked).isEmpty();
    }

    @Test
    void redirectsAreNotFollowed() {
        on("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            answer(exchange, 307);
        });

        assertThat(post("/moved")).isEqualTo(status(307));
        assertThat(asked).hasSize(1);
    }

    @Test
    void nothingIsTriedTwice() {
        on("/busy", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "0");
            answer(exchange, 503);
        });

        assertThat(post("/busy")).isEqualTo(status(503));
        assertThat(asked).hasSize(1);
    }

    @Test
    void whoDoesNotAnswerIsGivenUpInTime() {
        on("/silent", exchange -> isOverWithin(Duration.ofMinutes(1)));

        assertThat(post("/silent")).isEqualTo(failed(Failure.TIMEOUT));
    }

    /** Each byte comes in time, and there is no end of them. */
    @Test
    void whoAnswersDropByDropIsGivenUpInTime() throws IOException {
        try (var drops = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var connection = drops.accept()) {
                    OutputStream out = connection.getOutputStream();
                    out.write("HTTP/1.1 200 OK\r\nX-Drops: ".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    while (!isOverWithin(Duration.ofMillis(100))) {
                        out.write('.');
                    }
                } catch (IOException hungUp) {
                    asked.add("hung up");
                }
            });
            URI plain = URI.create("http://hooks.example:" + drops.getLocalPort() + "/");

            assertThat(sender.post(plain, Map.of(), BODY)).isEqualTo(failed(Failure.TIMEOUT));
        }
    }

    @Test
    void aHugeAnswerIsNotReadToItsEnd() {
        on("/huge", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[64 * 1024];
            try (OutputStream out = exchange.getResponseBody()) {
                while (written.get() < 1L << 30) {
                    out.write(block);
                    written.addAndGet(block.length);
                }
            }
        });

        assertThat(post("/huge")).isEqualTo(status(200));
        assertThat(written.get()).isLessThan(64L << 20);
        assertThat(post("/")).isEqualTo(status(204));
    }

    @Test
    void whereNobodyListensNothingIsSent() throws IOException {
        var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        int port = closed.getLocalPort();
        closed.close();

        assertThat(sender.post(URI.create("http://hooks.example:" + port + "/"), Map.of(), BODY))
                .isEqualTo(failed(Failure.CONNECTION));
    }

    /** An operator's proxy for other traffic would look the name up by itself. */
    @Test
    void theSystemsProxyIsNotUsed() {
        Properties before = System.getProperties();
        System.setProperties((Properties) before.clone());
        System.setProperty("https.proxyHost", "127.0.0.1");
        System.setProperty("https.proxyPort", "1");
        try (WebhookSender other = sender(trusting)) {
            assertThat(other.post(at("hooks.example", "/"), Map.of(), BODY)).isEqualTo(status(204));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } finally {
            System.setProperties(before);
        }
    }

    /** Whether the test ended meanwhile. */
    private boolean isOverWithin(Duration time) {
        try {
            return over.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
