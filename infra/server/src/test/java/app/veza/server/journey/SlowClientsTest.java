package app.veza.server.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.eventstore.EventLog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who sends slowly holds no connection for longer than the limits say, and nothing of it is stored. */
class SlowClientsTest {

    @TempDir
    static Path directory;

    private static Product product;
    private static String token;
    private static RawHttp raw;

    @BeforeAll
    static void start() {
        product = new Product(
                directory, Map.of("server.tomcat.connection-timeout", "4s", "veza.http.request-time", "6s"));
        Map<String, String> account =
                Map.of("username", "slow", "email", "slow@example.org", "password", "correct horse battery");
        product.anonymous().post("/auth/register", account);
        token = product.anonymous().post("/auth/login", account).text("accessToken");
        raw = new RawHttp(product.anonymous().base());
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    void aLineThatGoesNowhereIsNotWaitedForOnEitherPort() throws IOException {
        URI gateway = URI.create("http://" + product.gateway());
        for (RawHttp port : List.of(raw, new RawHttp(gateway.toString()))) {
            try (Socket socket = port.open()) {
                socket.getOutputStream().write("GET /health HTTP/1.1\r\nHost: ve".getBytes(UTF_8));
                assertThat(RawHttp.answer(socket).status()).isIn(0, 400, 408);
            }
        }
    }

    /** Half a second passes every limit between two bytes; the head as a whole has one too. */
    @Test
    void aHeadThatDripsIsCutOff() throws IOException {
        try (Socket socket = raw.open();
                ScheduledExecutorService tap = Executors.newSingleThreadScheduledExecutor()) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /openapi.json HTTP/1.1\r\nHost: veza\r\nX-Slow: ".getBytes(UTF_8));
            tap.scheduleAtFixedRate(() -> drip(out), 0, 500, TimeUnit.MILLISECONDS);

            assertThat(RawHttp.answer(socket).status()).isZero();
        }
    }

    @Test
    void aHeadThatComesInPiecesIsAnswered() throws IOException {
        try (Socket socket = raw.open()) {
            for (String piece :
                    List.of("GET /openapi.json HT", "TP/1.1\r\nHost: ve", "za\r\n", "Connection: close\r\n\r\n")) {
                socket.getOutputStream().write(piece.getBytes(UTF_8));
                socket.getOutputStream().flush();
            }
            assertThat(RawHttp.answer(socket).status()).isEqualTo(200);
        }
    }

    /** Half a second passes every limit between two bytes; the body as a whole has one too. */
    @Test
    void aBodyThatDripsIsCutOff() throws IOException {
        long before = product.part(EventLog.class).head();
        try (Socket socket = raw.open();
                ScheduledExecutorService tap = Executors.newSingleThreadScheduledExecutor()) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/rooms HTTP/1.1\r\n"
                            + "Host: veza\r\n"
                            + "Content-Type: application/json\r\n"
                            + "Authorization: Bearer "
                            + token + "\r\nContent-Length: 5000\r\n\r\n{\"name\":\"")
                    .getBytes(UTF_8));
            tap.scheduleAtFixedRate(() -> drip(out), 0, 500, TimeUnit.MILLISECONDS);

            RawHttp.Answer answer = RawHttp.answer(socket);
            tap.shutdownNow();

            assertThat(answer.status())
                    .as("%s: or ended, which may overtake what was said", answer.text())
                    .isIn(0, 408);
        }
        assertThat(product.part(EventLog.class).head()).isEqualTo(before);
    }

    /** The first that fails is the last: the connection is cut. */
    private static void drip(OutputStream out) {
        try {
            out.write('a');
            out.flush();
        } catch (IOException cutOff) {
            throw new UncheckedIOException(cutOff);
        }
    }
}
