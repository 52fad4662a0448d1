package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.projection.replica.chat.ChatProjection;
import app.veza.server.journey.Client.Answer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message that the read model cannot take: its room waits, other rooms do not, and an engineer looks after it. */
class DeadLettersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MESSAGES = "chat_v" + new ChatProjection().version() + ".message";
    private static final String LETTERS = "/api/admin/dead-letters";

    @TempDir
    static Path directory;

    private static Product product;
    private static Client engineer;
    private static Client person;

    @BeforeAll
    static void start() throws SQLException {
        product = new Product(directory);
        engineer = product.anonymous().as(Product.OPERATOR_TOKEN);
        Map<String, String> account =
                Map.of("username", "poisoner", "email", "poisoner@example.org", "password", "correct horse battery");
        assertThat(product.anonymous().post("/auth/register", account).status()).isEqualTo(201);
        person = product.anonymous()
                .as(product.anonymous().post("/auth/login", account).text("accessToken"));
        // as a defect of the projector would: no message of this text has a place
        database("alter table " + MESSAGES + " add constraint defect check (text <> 'poison')");
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    private static void database(String sql) throws SQLException {
        try (Connection connection = product.database("primary");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String room(String name) {
        return person.post("/api/rooms", Map.of("name", name, "visibility", "public"))
                .text("roomId");
    }

    private static long say(String roomId, String text) {
        Answer said = person.post("/api/rooms/" + roomId + "/messages", Map.of("text", text));
        assertThat(said.status()).as(said.toString()).isEqualTo(201);
        return said.body().path("position").asLong();
    }

    private static List<Long> positions(Answer answer) {
        return StreamSupport.stream(answer.body().path("items").spliterator(), false)
                .map(letter -> letter.path("position").asLong())
                .toList();
    }

    @Test
    void arePartOfOneRoomAndShownRetriedAndDropped() throws SQLException {
        String poisoned = room("Poisoned");
        String sound = room("Sound");
        String key = "room:" + poisoned;
        long first = say(poisoned, "poison");
        long second = say(poisoned, "behind it");
        long elsewhere = say(sound, "elsewhere");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(positions(engineer.get(LETTERS + "?projection=chat")))
                        .containsExactly(first, second));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(person.get("/api/rooms/" + sound + "/messages")
                                .body()
                                .path("items"))
                        .anyMatch(message -> message.path("position").asLong() == elsewhere));

        Answer page = engineer.get(LETTERS + "?limit=1");
        assertThat(page.body().at("/counts/chat").asLong()).isEqualTo(2);
        assertThat(positions(page)).containsExactly(first);
        assertThat(positions(engineer.get(LETTERS + "?limit=1&cursor=" + page.text("nextCursor"))))
                .containsExactly(second);

        Answer shown = engineer.get(LETTERS + "/chat/" + key);
        assertThat(positions(shown)).containsExactly(first, second);
        assertThat(shown.body().at("/event/type").asString()).isEqualTo("chat.MessageSent");
        assertThat(shown.body().at("/items/0/error").asString()).contains("defect");
        assertThat(shown.body().toString()).as("what was said").doesNotContain("poison\"");

        Answer health = product.anonymous().get("/api/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.body().at("/parts/projections/status").asString()).isEqualTo("DEGRADED");
        assertThat(health.body().at("/parts/projections/error").asString()).contains("chat 2");
        assertThat(health.body().at("/parts/projections/chat/deadLetters").asLong())
                .isEqualTo(2);

        Answer vain = engineer.post(LETTERS + "/retry", Map.of("projection", "chat", "key", key));
        assertThat(vain.status()).as(vain.toString()).isEqualTo(200);
        assertThat(vain.body().path("failed")).hasSize(1);
        database("alter table " + MESSAGES + " drop constraint defect");
        assertThat(engineer.post(LETTERS + "/retry", Map.of("projection", "chat"))
                        .body()
                        .path("applied")
                        .asLong())
                .isEqualTo(2);
        // the replica had that position already: what is retried comes behind it
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(positions(person.get("/api/rooms/" + poisoned + "/messages")))
                        .contains(first, second));
        say(sound, "and on");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(product.anonymous()
                                .get("/api/health")
                                .body()
                                .at("/parts/projections/status")
                                .asString())
                        .isEqualTo("UP"));
        assertThat(engineer.send("DELETE", LETTERS + "?projection=chat&key=" + key, null)
                        .status())
                .isEqualTo(404);
        assertThat(engineer.get(LETTERS + "?projection=nobody").status()).isEqualTo(404);
        assertThat(person.get(LETTERS).status()).isEqualTo(403);
    }
}
