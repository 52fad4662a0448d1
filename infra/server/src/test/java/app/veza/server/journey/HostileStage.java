package app.veza.server.journey;

import app.veza.eventstore.EventLog;
import app.veza.server.journey.Client.Answer;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A platform with a person who is known to attackers, and a room of theirs. */
abstract class HostileStage {

    /** Names of classes, of libraries, of places and of statements. */
    static final Pattern LEAK = Pattern.compile(
            "Exception|\\bat [a-z]+\\.|java\\.|org\\.|app\\.veza\\.|jackson|[Tt]omcat|[Pp]ostgres|jooq|select |/tmp/|\\.java");

    @TempDir
    static Path directory;

    static Product product;
    static Client client;
    static String personId;
    static String refreshToken;
    static String room;

    @BeforeAll
    static void start() {
        product = new Product(directory);
        Map<String, String> account =
                Map.of("username", "target", "email", "target@example.org", "password", "correct horse battery");
        personId = product.anonymous().post("/auth/register", account).text("userId");
        Answer login = product.anonymous().post("/auth/login", account);
        client = product.anonymous().as(login.text("accessToken"));
        refreshToken = login.text("refreshToken");
        room = client.post("/api/rooms", Map.of("name", "Target", "visibility", "public"))
                .text("roomId");
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    static long head() {
        return product.part(EventLog.class).head();
    }

    static String json(Map<String, ?> body) {
        return JsonMapper.shared().writeValueAsString(body);
    }
}
