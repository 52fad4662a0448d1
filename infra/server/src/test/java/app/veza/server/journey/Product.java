package app.veza.server.journey;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.eventstore.personal.AesMasterKey;
import app.veza.server.VezaServer;
import app.veza.server.cli.FreePorts;
import app.veza.server.gateway.GatewayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** One node of the product on the test run's real servers, with a log, databases and keys of its own. */
final class Product implements AutoCloseable {

    /** Events of a room that one who resumes gets; few, so that missing more takes no minute. */
    static final int MOST_REPLAYED = 120;

    /** Of the app whose pages may call the product. */
    static final String ORIGIN = "https://app.veza.example";

    /** Of the operator, as the launcher would have made it. */
    static final String OPERATOR_TOKEN = "operator-".repeat(5);

    private static final AtomicLong PRODUCTS = new AtomicLong(System.currentTimeMillis());

    private final Map<String, Object> properties = new HashMap<>();
    private ConfigurableApplicationContext node;

    Product(Path directory) {
        this(directory, Map.of());
    }

    /** At addresses that it knows itself, as pages and their scripts must. */
    static Product forBrowsers(Path directory) {
        int port = FreePorts.inARow(2);
        return new Product(
                directory,
                Map.of(
                        "veza.http.port",
                        Integer.toString(port),
                        "veza.gateway.port",
                        Integer.toString(port + 1),
                        "veza.public-url",
                        "http://127.0.0.1:" + port,
                        "veza.gateway-url",
                        "ws://127.0.0.1:" + (port + 1)));
    }

    /** @param settings over those that all tests have */
    Product(Path directory, Map<String, String> settings) {
        EmbeddedPlatform platform = EmbeddedPlatform.shared();
        properties.putAll(platform.properties());
        properties.putAll(platform.freshDatabase().properties());
        String name = "journey" + PRODUCTS.incrementAndGet();
        Path platformKey = directory.resolve("platform.key");
        Path masterKey = directory.resolve("master.key");
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        try {
            Files.write(platformKey, key);
            Files.writeString(directory.resolve("operator.token"), OPERATOR_TOKEN);
            Files.writeString(masterKey, AesMasterKey.generate());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        properties.put("veza.http.port", "0");
        properties.put("veza.gateway.port", "0");
        properties.put("veza.gateway.drain-time", "0s");
        properties.put("veza.gateway.most-replayed", Integer.toString(MOST_REPLAYED));
        properties.put("veza.data-directory", directory.resolve("node").toString());
        properties.put("veza.platform-key-file", platformKey.toString());
        properties.put(
                "veza.operator-token-file", directory.resolve("operator.token").toString());
        properties.put("veza.master-key-file", masterKey.toString());
        properties.put("veza.public-url", "http://127.0.0.1");
        properties.put("veza.gateway-url", "ws://127.0.0.1");
        properties.put("veza.http.cors-origins", ORIGIN);
        properties.put("veza.log.stream", name);
        properties.put("veza.log.subject-prefix", name);
        properties.put("veza.log.snapshot-events", "1");
        properties.put("veza.redis.key-prefix", name + ":");
        // A test is no person: it does in a second what people do in an hour
        properties.put("veza.ratelimit.enabled", "false");
        properties.putAll(settings);
        start();
    }

    private Product(Map<String, Object> properties) {
        this.properties.putAll(properties);
        start();
    }

    /** Another node of the same platform. */
    Product anotherNode(Path directory) {
        return anotherNode(directory, Map.of());
    }

    /** @param settings over those of the first */
    Product anotherNode(Path directory, Map<String, String> settings) {
        Map<String, Object> own = new HashMap<>(properties);
        own.put("veza.node-id", "node-2");
        own.put(
                "veza.keys-directory",
                Path.of(String.valueOf(properties.get("veza.data-directory")))
                        .resolve("keys")
                        .toString());
        own.put("veza.data-directory", directory.resolve("another-node").toString());
        own.put("veza.roles", "command,query,gateway");
        own.putAll(settings);
        return new Product(own);
    }

    /** Again, on the same data. */
    void start() {
        String[] arguments = properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        node = VezaServer.run(arguments);
    }

    /** Stops the node and starts it again on the same data. */
    void restart() {
        node.close();
        start();
    }

    String property(String name) {
        return String.valueOf(properties.get(name));
    }

    /**
     * As the platform itself connects to it; the caller closes the connection.
     *
     * @param server {@code primary}, {@code replica} or {@code analytics}
     */
    Connection database(String server) throws SQLException {
        String its = "veza.postgres." + server;
        return DriverManager.getConnection(
                property(its + ".url"), property(its + ".username"), property(its + ".password"));
    }

    <T> T part(Class<T> type) {
        return node.getBean(type);
    }

    <T> Collection<T> parts(Class<T> type) {
        return node.getBeansOfType(type).values();
    }

    Client anonymous() {
        String port = node.getEnvironment().getRequiredProperty("local.server.port");
        return new Client("http://127.0.0.1:" + port, null);
    }

    /** As an engineer browses the log: all of a type that bear a tag. */
    List<JsonNode> events(String type, String tag) {
        return anonymous()
                .as(OPERATOR_TOKEN)
                .get("/api/admin/events?type=" + type + "&tag=" + tag)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    /** The type of the event that led to the first of a type that bears a tag, as the tree shows it; none when a command did. */
    String causeOf(String type, String tag) {
        return causeOf(events(type, tag).getFirst());
    }

    /** The same of one of {@link #events}. */
    String causeOf(JsonNode event) {
        long position = event.path("position").asLong();
        JsonNode tree = anonymous()
                .as(OPERATOR_TOKEN)
                .get("/api/admin/events/" + position)
                .body()
                .path("correlation");
        long cause = tree.valueStream()
                .filter(one -> one.at("/event/position").asLong() == position
                        && one.path("depth").asInt() > 0)
                .mapToLong(one -> one.path("causedBy").asLong())
                .findFirst()
                .orElse(0);
        return tree.valueStream()
                .filter(one -> one.at("/event/position").asLong() == cause)
                .map(one -> one.at("/event/type").asString())
                .findFirst()
                .orElse("none");
    }

    /** Of the sockets, and of {@code /health} beside them. */
    String gateway() {
        return "127.0.0.1:" + part(GatewayNode.class).port();
    }

    @Override
    public void close() {
        node.close();
    }
}
