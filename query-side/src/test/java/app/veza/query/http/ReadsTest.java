package app.veza.query.http;

import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.owns;
import static app.veza.projection.kit.Events.publicRoom;
import static app.veza.projection.kit.Events.registered;
import static app.veza.projection.kit.Events.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.veza.query.QuerySideFixture;
import app.veza.query.QuerySideFixture.Answer;
import java.time.Duration;
import java.util.Map;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReadsTest {

    private static QuerySideFixture veza;
    private static long position;

    @BeforeAll
    static void start() {
        veza = new QuerySideFixture();
        position = veza.given(registered("ada"), publicRoom("hall", "ada"), owns("hall", "ada"));
    }

    @AfterAll
    static void stop() {
        veza.close();
    }

    @Test
    void queriesRunOnTheReplicaWhichRefusesWrites() {
        long before = scans();
        assertThat(veza.as("ada", "/api/rooms/" + id("hall")).status()).isEqualTo(200);

        assertThat(veza.replica()
                        .dsl()
                        .fetchSingle("select pg_is_in_recovery()")
                        .get(0, Boolean.class))
                .isTrue();
        assertThatThrownBy(() -> veza.replica().dsl().execute("create table refused ()"))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("read-only transaction");
        // the replica's own statistics saw the room being looked up there; a server process that rests writes them late
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            veza.as("ada", "/api/rooms/" + id("hall"));
            assertThat(scans()).isGreaterThan(before);
        });
    }

    private static long scans() {
        return veza.replica().dsl().fetchSingle("""
                        select coalesce(seq_scan, 0) + coalesce(idx_scan, 0)
                        from pg_stat_user_tables where schemaname ~ '^chat_v' and relname = 'room'
                        """).get(0, Long.class);
    }

    @Test
    void anAnswerIsNeverOlderThanAsked() {
        for (int i = 0; i < 50; i++) {
            long sent = veza.given(said("hall", "ada", "message " + i));
            Answer answer = veza.as("ada", "/api/rooms/" + id("hall") + "/messages?limit=1");

            assertThat(answer.strings("items", "/text")).containsExactly("message " + i);
            assertThat(Long.parseLong(answer.response().getHeader(Reads.POSITION)))
                    .isGreaterThanOrEqualTo(sent);
        }
    }

    @Test
    void aPositionThatIsNotReachedInTimeIsATemporaryProblem() {
        Answer answer = veza.as("ada", "/api/rooms", Map.of(Reads.MIN_POSITION, "1000000"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("read-model-behind");
        assertThat(answer.response().getHeader("Retry-After")).isEqualTo("1");
    }

    @Test
    void whatTheServedVersionDoesNotHaveYetIsATemporaryProblem() {
        String members = "/api/rooms/" + id("hall") + "/members";
        veza.projections().primary().dsl().execute("alter view view.restrictions rename to of_the_next_version");
        try {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                Answer answer = veza.as("ada", members);
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.problem()).isEqualTo("read-model-behind");
                assertThat(answer.response().getHeader("Retry-After")).isEqualTo("1");
            });
        } finally {
            veza.projections().primary().dsl().execute("alter view view.of_the_next_version rename to restrictions");
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(veza.as("ada", members).status()).isEqualTo(200));
    }

    @Test
    void aPositionThatIsNoneIsNamed() {
        for (String wrong : new String[] {"-1", "soon", "1.5"}) {
            Answer answer = veza.as("ada", "/api/rooms", Map.of(Reads.MIN_POSITION, wrong));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.pointer()).isEqualTo("/" + Reads.MIN_POSITION);
        }
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        Answer first = veza.as("ada", "/api/rooms/" + id("hall") + "/members");
        String tag = first.response().getHeader("ETag");
        veza.given(registered("somebody else, which moves the position"));

        Answer again = veza.as(
                "ada",
                "/api/rooms/" + id("hall") + "/members",
                Map.of("If-None-Match", tag, Reads.MIN_POSITION, Long.toString(position + 1)));

        assertThat(tag).startsWith("\"");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.response().getContentLength()).isZero();
        assertThat(again.response().getHeader("ETag")).isEqualTo(tag);
        assertThat(Long.parseLong(again.response().getHeader(Reads.POSITION))).isGreaterThan(position);
        assertThat(first.response().getHeader("Cache-Control")).contains("no-cache", "private");
    }
}
