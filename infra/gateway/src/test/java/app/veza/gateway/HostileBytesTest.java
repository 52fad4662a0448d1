package app.veza.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What mutations make of a handshake and of frames: an answer or an end each time, and a server that serves the next one. */
class HostileBytesTest {

    private static final int RUNS = 250;
    private static final byte[] TASTY = "\r\n: ;,/?&=%\"{}[]\0\u007f".getBytes(ISO_8859_1);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private Fixture fixture;

    @BeforeEach
    void start() {
        fixture = Fixture.start(Fixture.config()
                .handshakeTimeout(Duration.ofMillis(300))
                .closeTimeout(Duration.ofMillis(200))
                .build());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void handshakes() throws IOException {
        byte[] valid = RawClient.upgrade("/ws?ticket=tester", "Origin: http://127.0.0.1:1")
                .getBytes(ISO_8859_1);
        for (int run = 0; run < RUNS; run++) {
            byte[] request = mutated(valid);
            String answer = exchange(request);
            assertThat(answer)
                    .as("seed %d: %s", seed, new String(request, ISO_8859_1))
                    .doesNotContain("HTTP/1.1 500", "Exception", "io.netty");
            assertThat(answer.isEmpty() || answer.startsWith("HTTP/1."))
                    .as("seed %d: %s", seed, answer)
                    .isTrue();
        }
        stillServes();
    }

    @Test
    void frames() throws IOException {
        byte[] handshake =
                RawClient.upgrade("/ws", "Authorization: Bearer tester").getBytes(ISO_8859_1);
        for (int run = 0; run < RUNS; run++) {
            var frames = new ByteArrayOutputStream();
            byte[] text = ("{\"id\":\"" + run + "\",\"type\":\"ping\",\"text\":\"h\u00e9\"}").getBytes(ISO_8859_1);
            frames.writeBytes(RawClient.encode(false, RawClient.TEXT, text));
            frames.writeBytes(RawClient.encode(true, RawClient.CONTINUATION, text));
            frames.writeBytes(RawClient.encode(true, RawClient.PING, new byte[] {1, 2, 3}));
            byte[] hostile = mutated(frames.toByteArray());
            String answer = exchange(handshake, hostile);
            assertThat(answer).as("seed %d", seed).startsWith("HTTP/1.1 101").doesNotContain("Exception");
        }
        stillServes();
    }

    /** Half-open on our side: the server has to end it, by its own limits. */
    private String exchange(byte[]... parts) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(60_000);
            socket.connect(new InetSocketAddress("127.0.0.1", fixture.server.port()));
            var answer = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(parts[0]);
                if (parts.length > 1) {
                    answer.writeBytes(head(socket));
                    socket.getOutputStream().write(parts[1]);
                }
                socket.shutdownOutput();
                socket.getInputStream().transferTo(answer);
            } catch (SocketException ended) {
                return answer.toString(ISO_8859_1);
            }
            return answer.toString(ISO_8859_1);
        }
    }

    private static byte[] head(Socket socket) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                return head.toByteArray();
            }
            head.write(next);
        }
        return head.toByteArray();
    }

    private void stillServes() {
        RawClient client = fixture.connect("/ws");
        client.text("here");
        assertThat(client.read().text()).isEqualTo("here");
        client.close();
        await().atMost(Duration.ofSeconds(60)).until(() -> fixture.server.connections() == 0);
    }

    private byte[] mutated(byte[] valid) {
        byte[] bytes = valid;
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(bytes.length - at, 1 + random.nextInt(12));
            var next = new ByteArrayOutputStream();
            next.write(bytes, 0, at);
            switch (random.nextInt(4)) {
                case 0 -> next.write(TASTY[random.nextInt(TASTY.length)]);
                case 1 -> next.write(bytes[at] ^ (1 << random.nextInt(8)));
                case 2 -> next.write(bytes, at, length);
                default -> {
                    next.write(bytes, 0, length);
                    next.write(bytes, at, length);
                }
            }
            int skipped = random.nextBoolean() ? length : 0;
            next.write(bytes, at + skipped, bytes.length - at - skipped);
            bytes = next.toByteArray();
        }
        return bytes;
    }
}
