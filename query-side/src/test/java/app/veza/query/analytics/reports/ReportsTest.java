package app.veza.query.analytics.reports;

import static app.veza.event.notification.NotificationChannel.EMAIL;
import static app.veza.event.notification.NotificationKind.MENTION;
import static app.veza.projection.kit.Events.answered;
import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.joined;
import static app.veza.projection.kit.Events.loggedIn;
import static app.veza.projection.kit.Events.loginFailed;
import static app.veza.projection.kit.Events.owns;
import static app.veza.projection.kit.Events.privateRoom;
import static app.veza.projection.kit.Events.publicRoom;
import static app.veza.projection.kit.Events.registered;
import static app.veza.projection.kit.Events.said;
import static app.veza.projection.kit.Events.streamCreated;
import static app.veza.projection.kit.Events.streamStopped;
import static app.veza.projection.kit.MessageEvents.deleted;
import static app.veza.projection.kit.MessageEvents.reacted;
import static app.veza.projection.kit.NotificationEvents.delivered;
import static app.veza.projection.kit.NotificationEvents.failed;
import static app.veza.projection.kit.NotificationEvents.raised;
import static app.veza.projection.kit.NotificationEvents.seen;
import static app.veza.projection.kit.StreamEvents.leaves;
import static app.veza.projection.kit.StreamEvents.listens;
import static app.veza.projection.kit.StreamEvents.wentLive;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import app.veza.query.QuerySideFixture;
import app.veza.query.QuerySideFixture.Answer;
import app.veza.query.http.Reads;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every report over three days that events made, on the real analytics database. */
class ReportsTest {

    private static final Instant EXPIRY = Instant.parse("2027-01-01T00:00:00Z");
    private static final String DAYS = "?from=2026-03-02&to=2026-03-04";
    private static final String HOURS = "?from=2026-03-02T09:00:00Z&to=2026-03-02T12:00:00Z&granularity=hour";

    private static QuerySideFixture veza;
    private static long head;

    @BeforeAll
    static void start() {
        veza = new QuerySideFixture();
        veza.given(
                Instant.parse("2026-03-02T09:30:00Z"),
                registered("ada"),
                registered("bob"),
                loggedIn("ada", "a", EXPIRY),
                loginFailed("bob"),
                publicRoom("hall", "ada"),
                owns("hall", "ada"),
                joined("hall", "bob"),
                privateRoom("cellar", "bob"),
                new RoomCreated(id("formula"), id("ada"), "=1+\"1\",x", null, Visibility.PUBLIC));
        veza.given(
                Instant.parse("2026-03-02T11:15:00Z"),
                said("hall", "ada", "hello"),
                answered("hall", "bob", "hi", "hello"),
                said("cellar", "bob", "psst"),
                raised("one", "ada", MENTION, "bob"),
                raised("two", "bob", MENTION, "ada"));
        veza.given(
                Instant.parse("2026-03-02T11:15:04Z"),
                delivered("one", "ada", EMAIL),
                failed("two", "bob", EMAIL),
                seen("one", "ada"));
        veza.given(
                Instant.parse("2026-03-03T20:00:00Z"),
                said("formula", "ada", "sum"),
                reacted("hall", "bob", "hello"),
                deleted("hall", "bob", "hi"),
                streamCreated("jazz", "ada"),
                wentLive("jazz", "ada"));
        veza.given(
                Instant.parse("2026-03-03T20:01:10Z"), listens("jazz", "bob", "first"), listens("jazz", "ada", "2nd"));
        veza.given(Instant.parse("2026-03-03T20:01:40Z"), leaves("jazz", "ada", "2nd", 30_000));
        veza.given(Instant.parse("2026-03-03T20:04:10Z"), leaves("jazz", "bob", "first", 180_000));
        veza.given(Instant.parse("2026-03-03T21:30:00Z"), streamStopped("jazz", "ada"));
        head = veza.given(Instant.parse("2026-03-10T10:00:00Z"), registered("eve"), said("hall", "ada", "back"));
    }

    @AfterAll
    static void stop() {
        veza.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "active-people" + DAYS + "                      | 2026-03-02T00:00:00Z 2 2, 2026-03-03T00:00:00Z 2 0",
                "active-people" + HOURS
                        + " | 2026-03-02T09:00:00Z 1 2, 2026-03-02T10:00:00Z 0 0, 2026-03-02T11:00:00Z 2 0",
                "active-people?from=2026-03-04&to=2026-03-11&granularity=week | 2026-03-02T00:00:00Z 2 2, 2026-03-09T00:00:00Z 1 1",
                "active-people?from=2026-03-31&to=2026-04-02&granularity=month | 2026-03-01T00:00:00Z 2 3, 2026-04-01T00:00:00Z 0 0",
                "new-people" + DAYS + "                         | 2026-03-02T00:00:00Z 2 0, 2026-03-03T00:00:00Z 0 0",
                "retention?from=2026-03-02&to=2026-03-16         | 2026-03-02 0 2 2 1.0, 2026-03-02 1 2 1 0.5, 2026-03-09 0 1 0 0.0",
                "logins" + HOURS
                        + "                            | 2026-03-02T09:00:00Z 1 1, 2026-03-02T10:00:00Z 0 0, 2026-03-02T11:00:00Z 0 0",
                "messages" + DAYS + " | 2026-03-02T00:00:00Z 3 1 11 0 0 1 0 1, 2026-03-03T00:00:00Z 1 0 3 0 0 0 0 0",
                "notifications" + DAYS + "                      | 2026-03-02T00:00:00Z mention 2 1",
                "deliveries" + DAYS + "                         | 2026-03-02T00:00:00Z mention email 1 1 0.5 4.0",
                "stream-hours" + DAYS + "                       | 2026-03-02T00:00:00Z 0.0, 2026-03-03T00:00:00Z 1.5",
                "listening?from=2026-03-03&to=2026-03-04         | 2026-03-03T00:00:00Z 2 210.0"
            })
    void counts(String request, String rows) {
        assertThat(String.join(", ", rows(request))).isEqualTo(rows);
    }

    @Test
    void roomsByMessagesAndOneRoomAlone() {
        assertThat(rows("rooms" + DAYS))
                .containsExactly(
                        id("hall") + " public hall 2 2 1 1 1",
                        rows("rooms" + DAYS).get(1),
                        rows("rooms" + DAYS).get(2));
        assertThat(rows("rooms" + DAYS)).anyMatch(row -> row.equals(id("cellar") + " private null 0 1 0 0 0"));
        assertThat(rows("rooms" + DAYS + "&limit=1")).hasSize(1);
        assertThat(rows("messages" + DAYS + "&roomId=" + id("cellar")))
                .containsExactly("2026-03-02T00:00:00Z 1 0 4 0 0 0 0 0", "2026-03-03T00:00:00Z 0 0 0 0 0 0 0 0");
    }

    @Test
    void aStreamAndItsAudienceMinuteByMinute() {
        assertThat(rows("streams" + DAYS))
                .containsExactly(id("jazz") + " " + id("ada")
                        + " 2026-03-03T20:00:00Z 2026-03-03T21:30:00Z 5400.0 0 2 2 210.0 2");
        assertThat(rows("audience?streamId=" + id("jazz") + "&from=2026-03-03T20:00:00Z&to=2026-03-03T20:06:00Z"))
                .containsExactly(
                        "2026-03-03T20:00:00Z 0 0",
                        "2026-03-03T20:01:00Z 1 2",
                        "2026-03-03T20:02:00Z 1 1",
                        "2026-03-03T20:03:00Z 1 1",
                        "2026-03-03T20:04:00Z 0 1",
                        "2026-03-03T20:05:00Z 0 0");
        assertThat(rows("audience?streamId=" + id("jazz") + "&from=2026-03-03T20:02:00Z&to=2026-03-03T20:04:00Z"))
                .containsExactly("2026-03-03T20:02:00Z 1 1", "2026-03-03T20:03:00Z 1 1");
    }

    @ParameterizedTest
    @MethodSource
    void everyReportAnswersInEveryGranularityWithItsColumns(Report report, Granularity granularity) {
        String stream = report.name().equals("audience") ? "&streamId=" + id("jazz") : "";
        Answer answer = get(report.name() + "?granularity=" + granularity.text() + stream, Map.of());

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.body().path("granularity").asString()).isEqualTo(granularity.text());
        assertThat(answer.strings("columns", "/name"))
                .isEqualTo(report.columns().stream().map(ReportColumn::name).toList());
        assertThat(answer.response().getHeader(Reads.POSITION)).isEqualTo(Long.toString(head));
        assertThat(answer.response().getHeader("ETag")).isNotEmpty();
    }

    static List<Arguments> everyReportAnswersInEveryGranularityWithItsColumns() {
        return Reports.ALL.stream()
                .flatMap(
                        report -> report.granularities().stream().map(granularity -> Arguments.of(report, granularity)))
                .toList();
    }

    @Test
    void allReportsAreListedWithWhatTheyTake() {
        Answer list = veza.as("ada", "/api/analytics");

        assertThat(list.strings("items", "/name"))
                .contains("active-people", "audience", "messages", "retention", "rooms", "streams")
                .isSorted();
        assertThat(list.body().at("/items/1").toString())
                .contains("\"name\":\"audience\"", "\"granularities\":[\"minute\"", "\"parameters\":[\"streamId\"]");
    }

    @Test
    void csvByFormatOrAcceptQuotedAndHarmless() throws Exception {
        String request = "rooms?from=2026-03-03&to=2026-03-04";
        Answer csv = get(request + "&format=csv", Map.of("Accept", "application/json"));

        assertThat(csv.response().getContentType()).isEqualTo("text/csv;charset=UTF-8");
        assertThat(csv.response().getHeader("Content-Disposition")).isEqualTo("attachment; filename=\"rooms.csv\"");
        assertThat(csv.response().getContentAsString())
                .isEqualTo("roomId,kind,name,members,messages,replies,reactions,deleted\r\n" + id("formula")
                        + ",public,\"'=1+\"\"1\"\",x\",0,1,0,0,0\r\n");
        Answer accepted = get(request, Map.of("Accept", "text/csv"));
        assertThat(accepted.response().getContentAsString())
                .isEqualTo(csv.response().getContentAsString());
        assertThat(accepted.response().getHeader("Vary")).contains("Accept");
        assertThat(get(request + "&format=json", Map.of("Accept", "text/csv, application/json"))
                        .response()
                        .getContentType())
                .startsWith("application/json");
        assertThat(get(request, Map.of("If-None-Match", accepted.response().getHeader("ETag"), "Accept", "text/csv"))
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "messages?from=yesterday                                    | 400 | /from",
                "messages?to=2026-13-01                                     | 400 | /to",
                "messages?from=1850-01-01                                   | 422 | /from",
                "messages?from=2026-03-02&to=2026-03-02                     | 422 | /from",
                "messages?from=2020-01-01&to=2026-03-02                     | 422 | /from",
                "messages?from=2026-01-01&to=2026-03-31&granularity=hour    | 422 | /from",
                "messages?granularity=fortnight                             | 400 | /granularity",
                "messages?granularity=minute                                | 422 | /granularity",
                "retention?granularity=day                                  | 422 | /granularity",
                "messages?format=xml                                        | 400 | /format",
                "messages?limit=5                                           | 422 | /limit",
                "rooms?limit=0                                              | 400 | /limit",
                "rooms?limit=1001                                           | 400 | /limit",
                "logins?streamId=0198a2b4-0000-7000-8000-000000000000       | 422 | /streamId",
                "audience                                                   | 400 | /streamId"
            })
    void whatCannotBeAnsweredIsNamed(String request, int status, String pointer) {
        Answer refused = get(request, Map.of());

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.pointer()).isEqualTo(pointer);
    }

    @Test
    void anUnknownReportIsNotFoundAndOneThatIsBehindIsAskedForAgain() {
        assertThat(get("weather", Map.of()).problem()).isEqualTo("not-found");
        Answer behind = get("messages", Map.of(Reads.MIN_POSITION, Long.toString(head + 1)));
        assertThat(behind.status()).isEqualTo(503);
        assertThat(behind.response().getHeader("Retry-After")).isEqualTo("1");
    }

    private static List<String> rows(String request) {
        Answer answer = get(request, Map.of(Reads.MIN_POSITION, Long.toString(head)));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body().path("items").valueStream().map(ReportsTest::row).toList();
    }

    private static String row(JsonNode item) {
        return item.valueStream()
                .map(value -> value.isNull() ? "null" : value.asString())
                .collect(Collectors.joining(" "));
    }

    private static Answer get(String request, Map<String, String> headers) {
        return veza.as("ada", "/api/analytics/" + request, headers);
    }
}
