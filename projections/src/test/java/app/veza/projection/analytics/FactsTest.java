package app.veza.projection.analytics;

import static app.veza.projection.kit.Events.answered;
import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.loggedIn;
import static app.veza.projection.kit.Events.loginFailed;
import static app.veza.projection.kit.Events.said;
import static app.veza.projection.kit.Events.streamCreated;
import static app.veza.projection.kit.Events.streamStopped;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.event.VezaEvent;
import app.veza.projection.analytics.logins.LoginFactsProjection;
import app.veza.projection.analytics.messages.MessageFactsProjection;
import app.veza.projection.analytics.streams.StreamFactsProjection;
import app.veza.projection.kit.History;
import app.veza.projection.kit.ProjectorTables;
import app.veza.projectionengine.SqlProjection;
import java.util.List;
import java.util.Map;
import org.jooq.Record;
import org.junit.jupiter.api.Test;

class FactsTest {

    @Test
    void attemptsToLogIn() throws Exception {
        List<Map<String, Object>> logins = facts(
                new LoginFactsProjection(),
                "fact_logins",
                loginFailed("ada"),
                loggedIn("ada", "session", History.timeOf(100)));

        assertThat(logins)
                .satisfiesExactly(
                        failed -> assertThat(failed)
                                .containsEntry("position", 1L)
                                .containsEntry("person_id", id("ada"))
                                .containsEntry("session_id", null)
                                .containsEntry("succeeded", false),
                        succeeded -> assertThat(succeeded)
                                .containsEntry("position", 2L)
                                .containsEntry("date_utc", java.sql.Date.valueOf("2026-03-01"))
                                .containsEntry("session_id", id("session"))
                                .containsEntry("succeeded", true));
        assertThat(logins.toString()).doesNotContain("192.0.2.7", "agent");
    }

    @Test
    void messagesByLengthInCodePointsAndWithoutTheirText() throws Exception {
        List<Map<String, Object>> messages = facts(
                new MessageFactsProjection(),
                "fact_messages",
                said("hall", "ada", "wave \uD83C\uDF0A"),
                answered("hall", "bob", "hi", "wave \uD83C\uDF0A"));

        assertThat(messages)
                .satisfiesExactly(
                        wave -> assertThat(wave)
                                .containsEntry("position", 1L)
                                .containsEntry("room_id", id("hall"))
                                .containsEntry("sender_id", id("ada"))
                                .containsEntry("reply", false)
                                .containsEntry("text_length", 6),
                        answer -> assertThat(answer)
                                .containsEntry("message_id", id("hi"))
                                .containsEntry("reply", true)
                                .containsEntry("text_length", 2));
        assertThat(messages.toString()).doesNotContain("wave");
    }

    @Test
    void streamsFromOpeningToEnd() throws Exception {
        List<Map<String, Object>> streams = facts(
                new StreamFactsProjection(),
                "fact_streams",
                streamCreated("jazz", "ada"),
                streamCreated("talk", "bob"),
                streamStopped("jazz", "ada"));

        assertThat(streams)
                .satisfiesExactly(
                        jazz -> assertThat(jazz)
                                .containsEntry("position", 1L)
                                .containsEntry("stream_id", id("jazz"))
                                .containsEntry("broadcaster_id", id("ada"))
                                .containsEntry("visibility", "public")
                                .containsEntry("recorded", true)
                                .containsEntry("ended_position", 3L)
                                .containsEntry("duration_seconds", 2.0),
                        talk -> assertThat(talk)
                                .containsEntry("ended_position", null)
                                .containsEntry("ended_at", null)
                                .containsEntry("duration_seconds", null));
    }

    /** Rows of a view in order of position, the same whether the events came one by one or at once. */
    private static List<Map<String, Object>> facts(SqlProjection projection, String view, VezaEvent... given)
            throws Exception {
        History history = new History();
        history.append(given);
        var events = history.seenBy(projection);
        try (var database = EmbeddedPlatform.shared().freshDatabase();
                var tables = ProjectorTables.create(projection, database)) {
            events.forEach(event -> tables.apply(List.of(event)));
            var oneByOne = tables.rows();
            tables.clear();
            tables.apply(events);
            assertThat(tables.rows()).isEqualTo(oneByOne);
            return tables.dsl()
                    .fetch("select * from view." + view + " order by position")
                    .map(Record::intoMap);
        }
    }
}
