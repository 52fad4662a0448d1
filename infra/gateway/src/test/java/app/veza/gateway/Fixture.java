package app.veza.gateway;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A server on a free port with the routes that most tests need: an echo for text, an echo for binary, and /health. */
public final class Fixture implements AutoCloseable {
    public static final int BINARY_LIMIT = 200_000;

    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final GatewayServer server;
    final List<Connection> opened = new CopyOnWriteArrayList<>();
    final List<Integer> closed = new CopyOnWriteArrayList<>();

    private Fixture(GatewayConfig config, UnaryOperator<GatewayServer.Builder> routes) {
        GatewayServer.Builder builder = GatewayServer.builder(config, meters)
                .route(Route.text("/ws", byToken(), (connection, handshake) -> echo()))
                .route(new Route("/live/{id}", BINARY_LIMIT, byToken(), (connection, handshake) -> echo()))
                .health(() -> HttpAnswer.json(200, "{\"status\":\"up\"}"));
        try {
            server = routes.apply(builder).start();
        } catch (IOException cannotListen) {
            throw new UncheckedIOException(cannotListen);
        }
    }

    public static GatewayConfigBuilder config() {
        return GatewayConfig.defaults()
                .with()
                .eventLoops(2)
                .sweepInterval(Duration.ofMillis(20))
                .closeTimeout(Duration.ofMillis(500))
                .drainTime(Duration.ZERO)
                .maxConnectionsPerPrincipal(100_000)
                .framesPerSecond(100_000)
                .frameBurst(100_000);
    }

    public static Fixture start() {
        return start(config().build());
    }

    public static Fixture start(GatewayConfig config) {
        return start(config, builder -> builder);
    }

    public static Fixture start(GatewayConfig config, UnaryOperator<GatewayServer.Builder> routes) {
        return new Fixture(config, routes);
    }

    /** {@code Authorization: Bearer NAME} or {@code ?ticket=NAME} is the principal NAME; NAME may be {@code id.session}. */
    public static Authenticator byToken() {
        return handshake -> CompletableFuture.completedFuture(handshake
                .bearerToken()
                .or(() -> handshake.queryParameter("ticket"))
                .filter(name -> !name.startsWith("bad"))
                .map(name -> Authentication.accepted(new TestPrincipal(name.replaceAll("\\..*", ""), name)))
                .orElseGet(() -> Authentication.unauthenticated("No such token")));
    }

    public RawClient connect(String path) {
        return RawClient.open(server.port(), path);
    }

    public double count(String meter, String... tags) {
        return meters.get(meter).tags(tags).counter().count();
    }

    void awaitConnections(int count) {
        await().atMost(Duration.ofSeconds(10)).until(() -> server.connections() == count);
    }

    private ConnectionHandler echo() {
        return new ConnectionHandler() {
            @Override
            public void opened(Connection connection) {
                opened.add(connection);
            }

            @Override
            public void text(Connection connection, byte[] utf8) {
                connection.send(utf8);
            }

            @Override
            public void binary(Connection connection, byte[] payload) {
                EncodedFrame frame = EncodedFrame.binary(payload);
                connection.send(frame);
                frame.release();
            }

            @Override
            public void closed(Connection connection, int code) {
                closed.add(code);
            }
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
