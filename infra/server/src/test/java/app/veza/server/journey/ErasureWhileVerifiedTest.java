package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.event.Erased;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.ProjectionJob;
import app.veza.server.journey.Client.Answer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * People go while read models are verified, rebuilt and audited: the one that is filled aside meets their events without a key, the served one
 * met them with it. Nobody is alarmed for that, and what is left is what a rebuild makes.
 */
@Tag("soak")
class ErasureWhileVerifiedTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PEOPLE = 8;

    /** Those that hold what somebody said or is called, and one of each other target. */
    private static final List<String> VERIFIED =
            List.of("chat", "people", "search", "recent_messages", "message_facts", "people_facts");

    @TempDir
    Path directory;

    private final AtomicBoolean over = new AtomicBoolean();
    private Product product;
    private String roomId;

    @BeforeEach
    void start() {
        product = new Product(directory, Map.of("veza.projections.audit-every", "100ms"));
    }

    @AfterEach
    void stop() {
        over.set(true);
        product.close();
    }

    private record Member(String id, Client client) {}

    private Member join(int number) {
        Map<String, String> account = Map.of(
                "username",
                "leaver" + number,
                "displayName",
                "Leaver " + number,
                "email",
                "leaver" + number + "@example.org",
                "password",
                "correct horse battery");
        Answer registered = product.anonymous().post("/auth/register", account);
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        Client client = product.anonymous()
                .as(product.anonymous().post("/auth/login", account).text("accessToken"));
        if (roomId == null) {
            roomId = client.post("/api/rooms", Map.of("name", "Doors", "visibility", "public"))
                    .text("roomId");
        } else {
            assertThat(client.put("/api/rooms/" + roomId + "/members/me", Map.of())
                            .status())
                    .isLessThan(300);
        }
        for (int said = 0; said < 5; said++) {
            say(client, "I was number %d, and said so %d times to @leaver0".formatted(number, said));
        }
        return new Member(registered.text("userId"), client);
    }

    private void say(Client client, String text) {
        Answer said = client.post("/api/rooms/" + roomId + "/messages", Map.of("text", text));
        assertThat(said.status()).as(said.toString()).isEqualTo(201);
    }

    private ProjectionEngine engine() {
        return product.part(ProjectionEngine.class);
    }

    private ProjectionJob done(ProjectionJob job) {
        await().atMost(PATIENCE)
                .until(() -> engine().jobs().job(job.id()).state().ended());
        ProjectionJob ended = engine().jobs().job(job.id());
        assertThat(ended.state()).as("%s", ended).isEqualTo(ProjectionJob.State.DONE);
        return ended;
    }

    private void verify(String projection) {
        ProjectionJob verified = done(engine().jobs().verify(projection, 10));
        assertThat(verified.verdict())
                .as("%s", verified)
                .matches(verdict -> verdict != null && verdict.same(), "finds nothing");
    }

    /** @return how many came to an end */
    private int verifyOnAndOn() {
        int verified = 0;
        while (!over.get()) {
            verify(VERIFIED.get(verified++ % VERIFIED.size()));
        }
        return verified;
    }

    private int rebuildOnAndOn() {
        int rebuilt = 0;
        while (!over.get()) {
            done(engine().jobs().rebuild(rebuilt++ % 2 == 0 ? "people" : "chat"));
        }
        return rebuilt;
    }

    @Test
    void nobodyIsAlarmedAndTheRowsAreThoseOfARebuild() throws Exception {
        List<Member> people = new ArrayList<>();
        for (int number = 0; number < PEOPLE; number++) {
            people.add(join(number));
        }
        Member stays = people.removeLast();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> verified = threads.submit(this::verifyOnAndOn);
            Future<Integer> rebuilt = threads.submit(this::rebuildOnAndOn);
            for (Member leaver : people) {
                assertThat(leaver.client().send("DELETE", "/api/me", null).status())
                        .isEqualTo(202);
                say(stays.client(), "And one is gone");
            }
            over.set(true);
            assertThat(verified.get()).isPositive();
            assertThat(rebuilt.get()).isPositive();
        }
        for (String projection : VERIFIED) {
            verify(projection);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine().jobs().audits().values())
                        .as("whole read models first, then slices")
                        .anyMatch(audit -> audit.slice() != null));
        assertThat(engine().jobs().audits().values())
                .allSatisfy(audit ->
                        assertThat(audit.verdict()).matches(verdict -> verdict != null && verdict.same(), "no alarm"));
        List<String> before = rows();
        assertThat(before)
                .filteredOn(row -> row.contains(Erased.TEXT))
                .as("five messages of each who left, and their names")
                .hasSize(6 * people.size());
        done(engine().jobs().rebuild("people"));
        done(engine().jobs().rebuild("chat"));
        assertThat(rows()).isEqualTo(before);
    }

    private List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = product.database("primary");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("""
                        select row(one)::text from view.messages one union all select row(one)::text from view.people one
                        order by 1""")) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        return rows;
    }
}
