package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.Mailbox;
import app.veza.server.journey.Client.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engineer rebuilds, verifies and replays read models while people use them. */
class ProjectionJobsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PROJECTIONS = "/api/admin/projections";
    private static final String EMAIL = "rebuilder@example.org";

    @TempDir
    static Path directory;

    private static Product product;
    private static Client engineer;
    private static Client person;
    private static String roomId;
    private static Instant between;

    @BeforeAll
    static void start() {
        product = new Product(directory);
        engineer = product.anonymous().as(Product.OPERATOR_TOKEN);
        Map<String, String> account = register("rebuilder", EMAIL);
        person = product.anonymous()
                .as(product.anonymous().post("/auth/login", account).text("accessToken"));
        roomId = person.post("/api/rooms", Map.of("name", "Read", "visibility", "public"))
                .text("roomId");
        say("before");
        between = Instant.now();
        say("after");
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    private static Map<String, String> register(String username, String email) {
        Map<String, String> account = Map.of("username", username, "email", email, "password", "correct horse battery");
        assertThat(product.anonymous().post("/auth/register", account).status()).isEqualTo(201);
        return account;
    }

    private static long say(String text) {
        Answer said = person.post("/api/rooms/" + roomId + "/messages", Map.of("text", text));
        assertThat(said.status()).as(said.toString()).isEqualTo(201);
        return said.body().path("position").asLong();
    }

    private static Object query(String sql) throws SQLException {
        try (Connection connection = product.database("primary");
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return statement.getUpdateCount();
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return row.getObject(1);
            }
        }
    }

    private static Answer ended(Answer accepted) {
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
        String url = accepted.pointsTo();
        await().atMost(PATIENCE)
                .until(() -> List.of("DONE", "FAILED", "CANCELLED")
                        .contains(engineer.get(url).text("state")));
        Answer ended = engineer.get(url);
        assertThat(ended.text("state")).as(ended.toString()).isEqualTo("DONE");
        return ended;
    }

    @Test
    void rebuildIsServedAndShownAsItGoes() throws IOException {
        Answer accepted = engineer.post(PROJECTIONS + "/chat/rebuild", Map.of());
        Answer done = ended(accepted);
        assertThat(done.body().path("generation").asInt()).isGreaterThan(1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engineer.get(PROJECTIONS + "/chat")
                                .body()
                                .at("/projection/generation")
                                .asInt())
                        .isEqualTo(done.body().path("generation").asInt()));
        long position = say("behind the rebuild");
        assertThat(person.get("/api/rooms/" + roomId + "/messages", "Veza-Min-Position", "" + position)
                        .body()
                        .path("items"))
                .anyMatch(message -> message.path("position").asLong() == position);
        assertThat(engineer.get(PROJECTIONS).body().path("items"))
                .anyMatch(one -> one.path("name").asString().equals("chat"));

        HttpURLConnection stream = (HttpURLConnection)
                URI.create(product.anonymous().base() + "/api/admin/jobs/" + done.text("id") + "/stream")
                        .toURL()
                        .openConnection();
        stream.setRequestProperty("Authorization", "Bearer " + Product.OPERATOR_TOKEN);
        stream.setReadTimeout((int) PATIENCE.toMillis());
        try (var lines = new BufferedReader(new InputStreamReader(stream.getInputStream(), StandardCharsets.UTF_8))) {
            // it has ended: so does the stream
            assertThat(lines.lines().toList()).anyMatch(line -> line.startsWith("data: ") && line.contains("\"DONE\""));
        }
        assertThat(engineer.send("DELETE", "/api/admin/jobs/" + done.text("id"), null)
                        .problem())
                .isEqualTo("job-conflict");
    }

    @Test
    void verifyFindsWhatSomebodyChangedByHand() throws SQLException {
        Answer sound = ended(engineer.post(PROJECTIONS + "/people/verify", Map.of()));
        assertThat(sound.body().path("differences").asLong()).isZero();
        assertThat(sound.body().at("/verdict/relations")).isNotEmpty();
        Object schema = query(
                "select schemaname from pg_tables where tablename = 'person' and schemaname like 'people_v%' order by 1 desc limit 1");
        assertThat(query("delete from " + schema + ".person")).isNotEqualTo(0);
        Answer wrong = ended(engineer.post(PROJECTIONS + "/people/verify", Map.of("rows", 1)));
        assertThat(wrong.body().path("differences").asLong()).isPositive();
        assertThat(wrong.body().at("/verdict/rows/0/kind").asString()).isEqualTo("MISSING");
        ended(engineer.post(PROJECTIONS + "/people/rebuild", Map.of()));
        assertThat(ended(engineer.post(PROJECTIONS + "/people/verify", Map.of()))
                        .body()
                        .path("differences")
                        .asLong())
                .isZero();
    }

    @Test
    void whatWasDoneIsListedPageByPage() throws SQLException {
        ended(engineer.post(PROJECTIONS + "/chat/verify", Map.of()));
        ended(engineer.post(PROJECTIONS + "/people/verify", Map.of()));
        List<String> all = ids(engineer.get("/api/admin/jobs?limit=1000"));
        assertThat(all).hasSizeGreaterThan(1);
        Answer first = engineer.get("/api/admin/jobs?limit=1");
        assertThat(ids(first)).containsExactly(all.getFirst());
        assertThat(ids(engineer.get("/api/admin/jobs?limit=1&cursor=" + first.text("nextCursor"))))
                .containsExactly(all.get(1));
        assertThat(engineer.get("/api/admin/jobs?limit=0").status()).isEqualTo(400);
        assertThat(engineer.get("/api/admin/jobs?cursor=00000000-0000-0000-0000-000000000000")
                        .status())
                .isEqualTo(404);
    }

    private static List<String> ids(Answer answer) {
        return answer.body().path("items").findValuesAsString("id");
    }

    /** As a rebuild of a night. */
    @Test
    void whatIsUnderWayIsShownHoweverMuchWasAskedForSince() throws SQLException {
        query("""
                insert into projection.job (id, kind, projection, target, version, generation, row_limit, state, requested_at)
                values ('11111111-1111-1111-1111-111111111111', 'REBUILD', 'streams', 'primary', 99, 2, 0, 'WAITING',
                    now() - interval '1 minute')
                """);
        query("""
                insert into projection.job (id, kind, projection, target, version, generation, row_limit, state, ended_at, dropped_at)
                select gen_random_uuid(), 'AUDIT', 'people', 'primary', 1, 0, 0, 'DONE', now(), now() from generate_series(1, 60)
                """);
        assertThat(engineer.get(PROJECTIONS).toString()).contains("11111111-1111-1111-1111-111111111111");
        assertThat(engineer.get(PROJECTIONS + "/streams")
                        .body()
                        .at("/projection/jobs/0/id")
                        .asString())
                .isEqualTo("11111111-1111-1111-1111-111111111111");
        query("delete from projection.job where id = '11111111-1111-1111-1111-111111111111'");
    }

    @Test
    void previewSaysWhenNothingIsLeftToPreview() {
        Answer accepted = engineer.post(PROJECTIONS + "/chat/verify", Map.of("preview", true));
        String url = accepted.pointsTo();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engineer.get(url).text("error"))
                        .startsWith("Nothing is left to preview")
                        .endsWith("is served already"));
    }

    @Test
    void everyReadModelIsWhatTheLogSays() {
        engineer.get(PROJECTIONS).body().path("items").forEach(one -> {
            String name = one.path("name").asString();
            if (!name.equals("people")) {
                Answer verified = ended(engineer.post(PROJECTIONS + "/" + name + "/verify", Map.of()));
                assertThat(verified.body().path("differences").asLong())
                        .as("%s", verified)
                        .isZero();
            }
        });
    }

    @Test
    void replayShowsTheRoomAsItWas() throws SQLException {
        Answer done = ended(engineer.post(
                PROJECTIONS + "/chat/replay", Map.of("to", between.toString(), "into", "was", "dropAfter", "2h")));
        assertThat(done.text("dropAt")).isNotEmpty();
        assertThat(query("select count(*) from was.messages where room_id = '" + roomId + "'"))
                .isEqualTo(1L);
        assertThat(engineer.get("/api/admin/replays").body().at("/items/0/into").asString())
                .isEqualTo("was");
        assertThat(engineer.send("DELETE", "/api/admin/replays/was", null).status())
                .isEqualTo(200);
        assertThat(query("select count(*) from pg_namespace where nspname like 'was%'"))
                .isEqualTo(0L);
    }

    /** A mail that is sent behind them all has arrived: theirs would have, too. */
    @Test
    void nobodyIsMailedAnewByWhateverReadsTheHistoryAgain() {
        Mailbox mailbox = EmbeddedPlatform.shared().mailbox();
        await().atMost(PATIENCE).until(() -> mailbox.mailsTo(EMAIL).size() == 1);
        engineer.get(PROJECTIONS)
                .body()
                .path("items")
                .findValuesAsString("name")
                .forEach(name -> {
                    ended(engineer.post(PROJECTIONS + "/" + name + "/rebuild", Map.of()));
                    ended(engineer.post(PROJECTIONS + "/" + name + "/verify", Map.of()));
                });
        ended(engineer.post(PROJECTIONS + "/people/replay", Map.of("to", between.toString(), "into", "mailed")));
        assertThat(engineer.send("DELETE", "/api/admin/replays/mailed", null).status())
                .isEqualTo(200);
        register("behind", "behind@example.org");
        await().atMost(PATIENCE)
                .until(() -> mailbox.mailsTo("behind@example.org").size() == 1);
        assertThat(mailbox.mailsTo(EMAIL)).hasSize(1);
    }

    @Test
    void whatCannotBeDoneIsSaid() {
        Answer unknown = engineer.post(PROJECTIONS + "/chatt/rebuild", Map.of());
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text("detail")).contains("Did you mean chat");
        assertThat(engineer.post(PROJECTIONS + "/chat/replay", Map.of("to", "999999", "into", "later"))
                        .text("detail"))
                .contains("There is no position 999999");
        assertThat(engineer.post(PROJECTIONS + "/chat/replay", Map.of("to", "2001-01-01T00:00:00Z", "into", "early"))
                        .problem())
                .isEqualTo("before-the-log");
        assertThat(engineer.post(PROJECTIONS + "/chat/replay", Map.of("to", "1", "into", "view"))
                        .problem())
                .isEqualTo("job-refused");
        assertThat(engineer.post(PROJECTIONS + "/chat/replay", Map.of("to", 1, "into", "view"))
                        .problem())
                .as("positions are numbers, too")
                .isEqualTo("job-refused");
        assertThat(engineer.post(PROJECTIONS + "/chat/replay", Map.of("to", 1.5, "into", "view"))
                        .status())
                .isEqualTo(400);
        Answer nowhere = engineer.post(PROJECTIONS + "/chat/replay", Map.of());
        assertThat(nowhere.status()).isEqualTo(422);
        assertThat(nowhere.body().path("errors").findValuesAsString("pointer")).containsExactly("/to", "/into");
        assertThat(engineer.get("/api/admin/jobs/no-id").status()).isEqualTo(400);
        assertThat(engineer.get("/api/admin/jobs/00000000-0000-0000-0000-000000000000")
                        .status())
                .isEqualTo(404);
        assertThat(person.post(PROJECTIONS + "/chat/rebuild", Map.of()).status())
                .isEqualTo(403);
    }
}
