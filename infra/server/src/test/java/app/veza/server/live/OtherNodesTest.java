package app.veza.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.audio.live.Answer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that speaks TLS, with a certificate that is for the platform's name and not for its address. */
class OtherNodesTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private static final NodeProof PROOF = new NodeProof(new byte[32]);
    private static final String ASKED = "/live/stream/64k/index.m3u8?_HLS_msn=1";

    @TempDir
    Path directory;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answers = new CountDownLatch(1);
    private volatile int refusal;
    private HttpsServer node;

    @BeforeEach
    void start() throws Exception {
        KeyStore store = certificate("node");
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        node = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        node.setHttpsConfigurator(new HttpsConfigurator(context));
        node.createContext("/live/private/", exchange -> {
            boolean isGuest = exchange.getRequestURI().getPath().endsWith("/guest");
            asked.countDown();
            try {
                answers.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(isGuest ? 200 : refusal, -1);
            exchange.close();
        });
        node.createContext("/live/", exchange -> {
            byte[] playlist = exchange.getRequestHeaders()
                    .getFirst(NodeProof.HEADER)
                    .concat(exchange.getRequestURI().toString())
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, playlist.length);
            exchange.getResponseBody().write(playlist);
            exchange.close();
        });
        node.start();
    }

    @AfterEach
    void stop() {
        node.stop(0);
    }

    @Test
    void itIsBelievedByThePlatformsCertificate() {
        try (var nodes = new OtherNodes(PROOF, directory.resolve("node.pem"))) {
            Answer answer = fetch(nodes).orElseThrow();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                    .isEqualTo(PROOF.of(URI.create(ASKED)) + ASKED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 429})
    void whatIsRefusedToOneIsAskedForByTheNext(int status) throws Exception {
        refusal = status;
        try (var nodes = new OtherNodes(PROOF, directory.resolve("node.pem"));
                var players = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> stranger = players.submit(() -> status(nodes, "stranger"));
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
            AtomicReference<Thread> waits = new AtomicReference<>();
            Future<Integer> guest = players.submit(() -> {
                waits.set(Thread.currentThread());
                return status(nodes, "guest");
            });
            await().until(() -> waits.get() != null && waits.get().getState() == Thread.State.WAITING);
            answers.countDown();

            assertThat(stranger.get()).isEqualTo(status);
            assertThat(guest.get()).isEqualTo(200);
        }
    }

    private int status(OtherNodes nodes, String who) {
        return nodes.fetch(address(), "/live/private/" + who, "private")
                .orElseThrow()
                .status();
    }

    private URI address() {
        return URI.create("https://127.0.0.1:" + node.getAddress().getPort());
    }

    @Test
    void whoPresentsAnotherIsNot() throws Exception {
        certificate("another");
        try (var nodes = new OtherNodes(PROOF, directory.resolve("another.pem"))) {
            assertThat(fetch(nodes)).isEmpty();
        }
    }

    private Optional<Answer> fetch(OtherNodes nodes) {
        return nodes.fetch(address(), ASKED, "stream/64k/index.m3u8?_HLS_msn=1");
    }

    /** Made by the JDK's keytool; beside the store lies a PEM file. */
    private KeyStore certificate(String name) throws Exception {
        Path file = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=veza.example",
                        "-alias",
                        name,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        String encoded = Base64.getMimeEncoder()
                .encodeToString(store.getCertificate(name).getEncoded());
        Files.writeString(
                directory.resolve(name + ".pem"),
                "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
        return store;
    }
}
