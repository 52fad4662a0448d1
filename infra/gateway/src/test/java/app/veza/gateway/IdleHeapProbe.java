package app.veza.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.gateway.frame.FrameProtocol;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an idle connection costs: 5,000 of them, from another process, each subscribed to a topic and once pinged. */
@Tag("soak")
class IdleHeapProbe {
    private static final Logger log = LoggerFactory.getLogger(IdleHeapProbe.class);
    private static final int CONNECTIONS = 5_000;

    @Test
    void anIdleConnectionCostsLessThanEightKibibytes() throws Exception {
        List<Connection> opened = new CopyOnWriteArrayList<>();
        GatewayConfig config = GatewayConfig.defaults()
                .with()
                .maxConnectionsPerPrincipal(100_000)
                .build();
        FrameProtocol protocol =
                FrameProtocol.builder(config).opened(opened::add).build();
        GatewayServer server = GatewayServer.builder(config, new SimpleMeterRegistry())
                .route(Route.text("/ws", Fixture.byToken(), protocol))
                .start();
        long heapBefore = usedHeap();
        long rssBefore = rss();
        long started = System.nanoTime();
        Process clients = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        Integer.toString(server.port()),
                        Integer.toString(CONNECTIONS))
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        try {
            await().atMost(Duration.ofMinutes(1)).until(() -> server.connections() == CONNECTIONS);
            double seconds = (System.nanoTime() - started) / 1e9;
            opened.forEach(connection -> server.topics().subscribe("topic-" + connection.id() % 100, connection));
            server.topics().signal("topic-1", "{}".getBytes(StandardCharsets.UTF_8));
            opened.clear();
            long heap = (usedHeap() - heapBefore) / CONNECTIONS;
            log.info(
                    "{} connections in {} s: {} bytes of heap each, {} bytes of RSS each",
                    CONNECTIONS,
                    seconds,
                    heap,
                    (rss() - rssBefore) / CONNECTIONS);
            assertThat(heap).isLessThan(8 * 1024);
        } finally {
            clients.destroy();
            clients.waitFor();
            server.close();
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long rss() throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * 4096;
    }

    /** Holds connections open until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws IOException {
            List<SocketChannel> channels = new ArrayList<>();
            byte[] request =
                    RawClient.upgrade("/ws", "Authorization: Bearer holder").getBytes(StandardCharsets.ISO_8859_1);
            byte[] ping = RawClient.encode(
                    true, RawClient.TEXT, "{\"id\":1,\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])));
                channel.write(ByteBuffer.wrap(request));
                ByteBuffer answer = ByteBuffer.allocate(1024);
                while (!new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1)
                        .contains("\r\n\r\n")) {
                    channel.read(answer);
                }
                channel.write(ByteBuffer.wrap(ping));
                channels.add(channel);
            }
            System.in.read();
            for (SocketChannel channel : channels) {
                channel.close();
            }
        }
    }
}
