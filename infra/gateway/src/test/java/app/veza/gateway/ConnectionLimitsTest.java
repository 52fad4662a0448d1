package app.veza.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionLimitsTest {
    private static Fixture fixture;

    @BeforeAll
    static void start() {
        fixture = Fixture.start();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }

    private static byte[] claiming(long length) {
        return Arrays.copyOf(RawClient.header(true, RawClient.TEXT, length, 0).array(), 14);
    }

    static Stream<Arguments> hostile() {
        byte[] unmasked = {(byte) 0x81, 2, 'h', 'i'};
        byte[] reservedBit = RawClient.encode(true, 0x40 | RawClient.TEXT, bytes(2));
        return Stream.of(
                Arguments.of("text above the limit", 1009, RawClient.encode(true, RawClient.TEXT, bytes(65_537))),
                Arguments.of("a header that claims 4 exabytes", 1009, claiming(1L << 62)),
                Arguments.of("a header with a negative length", 1002, claiming2(Long.MIN_VALUE)),
                Arguments.of("binary on a text route", 1003, RawClient.encode(true, RawClient.BINARY, bytes(3))),
                Arguments.of("overlong UTF-8", 1007, RawClient.encode(true, RawClient.TEXT, new byte[] {
                    (byte) 0xC0, (byte) 0x80
                })),
                Arguments.of("a surrogate in UTF-8", 1007, RawClient.encode(true, RawClient.TEXT, new byte[] {
                    'a', (byte) 0xED, (byte) 0xA0, (byte) 0x80
                })),
                Arguments.of("UTF-8 cut off", 1007, RawClient.encode(true, RawClient.TEXT, new byte[] {
                    (byte) 0xE2, (byte) 0x82
                })),
                Arguments.of("no mask", 1002, unmasked),
                Arguments.of("a reserved bit", 1002, reservedBit),
                Arguments.of("a reserved opcode", 1002, RawClient.encode(true, 3, bytes(1))),
                Arguments.of("a fragmented ping", 1002, RawClient.encode(false, RawClient.PING, bytes(1))),
                Arguments.of("a long ping", 1002, RawClient.encode(true, RawClient.PING, bytes(126))),
                Arguments.of(
                        "a continuation of nothing", 1002, RawClient.encode(true, RawClient.CONTINUATION, bytes(1))),
                Arguments.of("a code that must not be sent", 1002, RawClient.encode(true, RawClient.CLOSE, new byte[] {
                    3, (byte) 0xEE
                })));
    }

    private static byte[] claiming2(long length) {
        java.nio.ByteBuffer frame = java.nio.ByteBuffer.allocate(14);
        return frame.put((byte) 0x81).put((byte) 0xFF).putLong(length).array();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void whatIsNotAllowedEndsWithItsCode(String what, int code, byte[] wire) {
        double before = fixture.count("gateway.closes", "code", Integer.toString(code));
        try (RawClient client = fixture.connect("/ws")) {
            client.write(wire);
            assertThat(client.readClose()).isEqualTo(code);
            assertThat(client.ended()).isTrue();
        }
        assertThat(fixture.count("gateway.closes", "code", Integer.toString(code)))
                .isEqualTo(before + 1);
    }

    @Test
    void theLargestMessageAndFragmentsOfItAreDelivered() {
        try (RawClient client = fixture.connect("/ws")) {
            client.frame(true, RawClient.TEXT, bytes(65_536));
            assertThat(client.read().payload()).hasSize(65_536);

            byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
            client.frame(false, RawClient.TEXT, Arrays.copyOf(euro, 1))
                    .frame(true, RawClient.PING, "between".getBytes(StandardCharsets.UTF_8))
                    .frame(false, RawClient.CONTINUATION, new byte[0])
                    .frame(true, RawClient.CONTINUATION, Arrays.copyOfRange(euro, 1, 3));
            RawClient.WireFrame pong = client.read();
            assertThat(pong.opcode()).isEqualTo(RawClient.PONG);
            assertThat(pong.text()).isEqualTo("between");
            assertThat(client.read().text()).isEqualTo("€");
        }
    }

    @Test
    void aFrameMayArriveByteByByte() {
        try (RawClient client = fixture.connect("/ws")) {
            for (byte one : RawClient.encode(true, RawClient.TEXT, "slowly".getBytes(StandardCharsets.UTF_8))) {
                client.write(new byte[] {one});
            }
            assertThat(client.read().text()).isEqualTo("slowly");
        }
    }

    @Test
    void fragmentsTogetherAreLimited() {
        try (RawClient client = fixture.connect("/ws")) {
            client.frame(false, RawClient.TEXT, bytes(40_000)).frame(false, RawClient.CONTINUATION, bytes(40_000));
            assertThat(client.readClose()).isEqualTo(1009);
        }
    }

    @Test
    void aRouteMayTakeBinaryWithALimitOfItsOwn() {
        try (RawClient client = fixture.connect("/live/7")) {
            client.frame(true, RawClient.BINARY, bytes(Fixture.BINARY_LIMIT));
            assertThat(client.read().payload()).hasSize(Fixture.BINARY_LIMIT);
            client.frame(true, RawClient.BINARY, bytes(Fixture.BINARY_LIMIT + 1));
            assertThat(client.readClose()).isEqualTo(1009);
        }
        try (RawClient client = fixture.connect("/live/7")) {
            client.frame(true, RawClient.TEXT, bytes(65_537));
            assertThat(client.readClose()).isEqualTo(1009);
        }
    }

    @Test
    void aCloseIsAnsweredWithItsCode() {
        try (RawClient client = fixture.connect("/ws")) {
            client.frame(true, RawClient.CLOSE, new byte[] {0x0F, (byte) 0xA0});
            assertThat(client.readClose()).isEqualTo(4000);
            assertThat(client.ended()).isTrue();
        }
        await().until(() -> fixture.closed.contains(4000));
        assertThat(fixture.count("gateway.closes", "code", "other")).isPositive();
    }

    @Test
    void tooManyFramesEndTheConnection() {
        GatewayConfig config =
                Fixture.config().framesPerSecond(10).frameBurst(20).build();
        try (Fixture limited = Fixture.start(config);
                RawClient client = limited.connect("/ws")) {
            for (int i = 0; i < 40; i++) {
                client.text("x");
            }
            assertThat(client.readClose()).isEqualTo(4429);
        }
    }

    @Test
    void aPeerThatIsSilentIsPingedAndThenClosed() {
        GatewayConfig config = Fixture.config()
                .pingInterval(Duration.ofMillis(100))
                .idleTimeout(Duration.ofMillis(600))
                .build();
        try (Fixture impatient = Fixture.start(config);
                RawClient answering = impatient.connect("/ws");
                RawClient halfOpen = impatient.connect("/ws")) {
            for (int i = 0; i < 10; i++) {
                assertThat(answering.read().opcode()).isEqualTo(RawClient.PING);
                answering.frame(true, RawClient.PONG, new byte[0]);
            }
            // It has neither answered nor closed: for the server it is as good as unplugged
            impatient.awaitConnections(1);
            await().until(() -> impatient.closed.equals(java.util.List.of(CloseCode.GOING_AWAY)));
            assertThat(halfOpen.readClose()).isEqualTo(1001);
            await().until(() -> impatient.meters.get("gateway.sockets").gauge().value() == 1);
        }
    }

    @Test
    void anAbruptEndIsNoticed() {
        try (Fixture own = Fixture.start()) {
            own.connect("/ws").close();
            await().until(() -> own.closed.equals(java.util.List.of(CloseCode.ABNORMAL)));
            assertThat(own.count("gateway.closes", "code", "1006")).isEqualTo(1);
        }
    }

    @Test
    void anEndedAuthenticationEndsItsConnections() {
        try (Fixture own = Fixture.start();
                RawClient first = own.connect("/ws?ticket=ignored")) {
            own.awaitConnections(1);
            own.server.closeSession("another", "over".getBytes(StandardCharsets.UTF_8));
            assertThat(first.text("still here").read().text()).isEqualTo("still here");
            own.server.closeSession("tester", "over".getBytes(StandardCharsets.UTF_8));
            assertThat(first.read().text()).isEqualTo("over");
            assertThat(first.readClose()).isEqualTo(4401);
        }
    }

    @Test
    void aPrincipalHasALimitOfConnectionsInAllSessionsTogether() {
        try (Fixture own = Fixture.start(
                        Fixture.config().maxConnectionsPerPrincipal(2).build());
                RawClient phone = as(own, "ada.phone", 101);
                RawClient desk = as(own, "ada.desk", 101);
                RawClient refused = as(own, "ada.another", 429);
                RawClient another = as(own, "eve.phone", 101)) {
            own.awaitConnections(3);
            assertThat(own.count("gateway.handshakes", "outcome", "too_many")).isEqualTo(1);
            own.server.closeSession("ada.phone", "over".getBytes(StandardCharsets.UTF_8));
            assertThat(phone.read().text()).isEqualTo("over");
            assertThat(phone.readClose()).isEqualTo(4401);
            assertThat(desk.text("still here").read().text()).isEqualTo("still here");
            try (RawClient again = as(own, "ada.another", 101)) {
                assertThat(again.text("there is room").read().text()).isEqualTo("there is room");
            }
        }
    }

    private static RawClient as(Fixture fixture, String name, int status) {
        RawClient client = RawClient.socket(fixture.server.port());
        RawClient.Answer answer =
                client.write(RawClient.upgrade("/ws?ticket=" + name)).answer();
        assertThat(answer.status()).as(name + ": " + answer).isEqualTo(status);
        if (status == 429) {
            assertThat(answer.headers()).containsKey("retry-after");
            assertThat(answer.body()).contains("too-many-connections");
        }
        return client;
    }

    @Test
    void aReaderThatDoesNotReadIsClosedWithBoundedMemory() {
        GatewayConfig config = Fixture.config()
                .sendBufferBytes(16 * 1024)
                .slowReaderTimeout(Duration.ofSeconds(2))
                .build();
        try (Fixture own = Fixture.start(config);
                RawClient lazy = RawClient.open(own.server.port(), "/ws", 4096)) {
            await().until(() -> own.opened.size() == 1);
            Connection connection = own.opened.getFirst();
            byte[] text = bytes(1000);
            long most = 0;
            while (connection.isOpen()) {
                connection.send(text);
                most = Math.max(most, connection.queuedBytes());
            }
            // The two places are read one after the other: what moved in between is let in once more, a frame a look
            assertThat(most).isLessThan(config.maxQueuedBytes() + 20_000);
            await().until(() -> own.closed.equals(java.util.List.of(CloseCode.SLOW_READER)));
            assertThat(own.count("gateway.slow.readers")).isEqualTo(1);
            // It never reads: the socket is ended all the same, and the memory is given back
            await().until(() -> own.meters.get("gateway.sockets").gauge().value() == 0);
            assertThat(connection.queuedBytes()).isZero();
        }
    }

    @Test
    void aReaderThatIsSlowForTooLongIsClosedBelowTheBoundToo() {
        GatewayConfig config = Fixture.config()
                .sendBufferBytes(16 * 1024)
                .slowReaderTimeout(Duration.ofSeconds(4))
                .closeTimeout(Duration.ofMillis(100))
                .build();
        try (Fixture own = Fixture.start(config);
                RawClient lazy = RawClient.open(own.server.port(), "/ws", 4096)) {
            await().until(() -> own.opened.size() == 1);
            Connection connection = own.opened.getFirst();
            for (int i = 0; i < 500 && connection.isOpen(); i++) {
                connection.send(bytes(1000));
            }
            await().until(() -> !connection.isOpen());
            await().during(Duration.ofSeconds(1))
                    .until(() -> own.meters.get("gateway.sockets").gauge().value() == 1);
            // Once it reads it is told why, when others would have been cut off
            assertThat(lazy.readClose()).isEqualTo(4408);
        }
    }
}
