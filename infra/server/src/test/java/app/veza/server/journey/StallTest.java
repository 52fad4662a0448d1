package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client.Answer;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A read model that does not get on is seen by whoever looks, with its cause. */
class StallTest {

    /** Promised. */
    private static final Duration SEEN = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void isInHealthAndInTheLogWithItsCause(@TempDir Path directory) throws SQLException {
        Logger logger = (Logger) org.slf4j.LoggerFactory.getLogger("app.veza.projectionengine");
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.list = new CopyOnWriteArrayList<>();
        logged.start();
        try (Product product = new Product(directory);
                Connection somebody = product.database("primary");
                Statement statement = somebody.createStatement()) {
            // a node that starts begins its logging anew
            logger.addAppender(logged);
            Client client = registered(product);
            somebody.setAutoCommit(false);
            statement.execute("set application_name = 'somebody'");
            statement.execute("lock table " + rooms(statement) + " in exclusive mode");
            assertThat(client.post("/api/rooms", Map.of("name", "Stalled", "visibility", "public"))
                            .status())
                    .isEqualTo(201);
            await().atMost(SEEN).untilAsserted(() -> {
                Answer health = product.anonymous().get("/api/health");
                assertThat(health.body().at("/parts/projections/status").asString())
                        .isEqualTo("DOWN");
                assertThat(health.body().at("/parts/projections/error").asString())
                        .contains("chat is STALLED at", "somebody else holds a lock")
                        .as("what only engineers are to know")
                        .doesNotContain("process", "idle in transaction");
                assertThat(logged.list)
                        .extracting(ILoggingEvent::getFormattedMessage)
                        .anyMatch(line ->
                                line.matches("Projection chat is stalled at position [0-9]+, .* behind: it .+"));
            });
            somebody.rollback();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(product.anonymous()
                                    .get("/api/health")
                                    .body()
                                    .at("/parts/projections/status")
                                    .asString())
                            .isEqualTo("UP"));
        } finally {
            logger.detachAppender(logged);
        }
    }

    private static Client registered(Product product) {
        Map<String, String> account =
                Map.of("username", "staller", "email", "staller@example.org", "password", "correct horse battery");
        assertThat(product.anonymous().post("/auth/register", account).status()).isEqualTo(201);
        Answer login = product.anonymous().post("/auth/login", account);
        Client client = product.anonymous().as(login.text("accessToken"));
        assertThat(client.get("/api/me", "Veza-Min-Position", Long.toString(login.position()))
                        .status())
                .isEqualTo(200);
        return client;
    }

    private static String rooms(Statement statement) throws SQLException {
        try (var row = statement.executeQuery("""
                select to_regnamespace('chat_v' || version)::text || '.room' from projection.current where name = 'chat'
                """)) {
            row.next();
            return row.getString(1);
        }
    }
}
