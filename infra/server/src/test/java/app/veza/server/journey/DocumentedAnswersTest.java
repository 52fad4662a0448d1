package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a node answers is what {@code /openapi.json} says: real answers, as somebody would check them who has the document alone. */
class DocumentedAnswersTest extends SocketJourney {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NOWHERE = UUID.randomUUID().toString();

    private static RouteDocument document;
    private static Client operator;

    /** Has every role. */
    private static Person person;

    private static String room;
    private static String stream;
    private static String webhook;
    private static long position;

    @BeforeAll
    static void things() {
        document = new RouteDocument(product.anonymous().get("/openapi.json").body());
        operator = product.anonymous().as(Product.OPERATOR_TOKEN);
        person = person();
        answer(operator, 200, "POST", "/api/admin/admins", Map.of("username", person.username()));
        answer(
                person.client(),
                200,
                "PUT",
                "/api/users/" + person.id() + "/roles",
                Map.of("roles", List.of("admin", "analyst", "engineer")));
        Person other = person();
        room = room(person, "public", other);
        String message = answer(
                        person.client(),
                        201,
                        "POST",
                        "/api/rooms/" + room + "/messages",
                        Map.of("text", "Quay at noon"))
                .text("messageId");
        answer(other.client(), 204, "POST", "/api/rooms/" + room + "/messages/" + message + "/report", Map.of());
        stream = answer(person.client(), 201, "POST", "/api/streams", Map.of("title", "Quay live"))
                .text("streamId");
        Answer registered = answer(
                person.client(),
                201,
                "POST",
                "/api/webhooks",
                Map.of("url", "https://8.8.8.8/", "types", List.of("stream.started")));
        webhook = registered.text("webhookId");
        position = registered.position();
    }

    private static Answer answer(Client client, int status, String method, String path, Map<String, ?> body) {
        return check(
                status,
                method,
                path,
                client.send(method, path, JsonMapper.shared().writeValueAsString(body)));
    }

    private static Answer answer(Client client, int status, String method, String path, String... headers) {
        return check(status, method, path, client.send(method, path, null, headers));
    }

    private static Answer check(int status, String method, String path, Answer answer) {
        String what = "%s %s: %d %s".formatted(method, path, answer.status(), answer.body());
        assertThat(answer.status()).as(what).isEqualTo(status);
        assertThat(document.faults(method, path, answer)).as(what).isEmpty();
        return answer;
    }

    private static Answer read(String path) {
        return answer(person.client(), 200, "GET", path, "Veza-Min-Position", Long.toString(position));
    }

    @Test
    void lastPagesHaveNoNextOne() {
        for (String list : List.of(
                "/api/rooms",
                "/api/rooms/" + room + "/members",
                "/api/rooms/" + room + "/messages",
                "/api/rooms/" + room + "/reports",
                "/api/rooms/" + room + "/bans",
                "/api/search?q=noon",
                "/api/streams",
                "/api/users?q=talker",
                "/api/users/" + person.id() + "/sessions",
                "/api/notifications",
                "/api/webhooks",
                "/api/me/providers",
                "/auth/sessions",
                "/api/analytics",
                "/api/admin/audit",
                "/api/admin/events?limit=1000",
                "/api/admin/dead-letters",
                "/api/admin/jobs",
                "/api/admin/projections",
                "/api/admin/replays")) {
            JsonNode page = read(list).body();
            assertThat(page.path("items").isArray()).as(list).isTrue();
            assertThat(page.get("nextCursor")).as(list).isNotNull();
            assertThat(page.get("nextCursor").isNull()).as(list).isTrue();
        }
        assertThat(read("/api/admin/events?limit=1").text("nextCursor")).isNotEmpty();
    }

    @Test
    void thingsAreAsDescribed() {
        for (String thing : List.of(
                "/api/me",
                "/auth/totp",
                "/api/rooms/" + room,
                "/api/streams/" + stream,
                "/api/webhooks/" + webhook,
                "/api/users/" + person.id(),
                "/api/analytics/messages",
                "/api/admin/events/1",
                "/api/admin/projections/chat",
                "/api/admin/purges",
                "/.well-known/jwks.json",
                "/asyncapi.json",
                "/asyncapi/events.json")) {
            read(thing);
        }
        answer(person.client(), 200, "POST", "/auth/ws-ticket");
    }

    @Test
    void whatIsNotAsDescribedIsSeen() {
        String rooms = "/api/rooms";
        Answer page = read(rooms);
        ObjectNode less = (ObjectNode) page.body().deepCopy();
        less.remove("nextCursor");
        ObjectNode more = (ObjectNode) page.body().deepCopy();
        more.put("total", 1);

        for (Answer wrong : List.of(
                new Answer(200, less, page.headers()),
                new Answer(200, more, page.headers()),
                new Answer(201, page.body(), page.headers()),
                new Answer(404, page.body(), page.headers()))) {
            assertThat(document.faults("GET", rooms, wrong)).as("%s", wrong).isNotEmpty();
        }
    }

    @Test
    void jobsAreAsDescribedFromTheirBeginningToTheirEnd() {
        Answer asked = answer(operator, 202, "POST", "/api/admin/projections/chat/verify", Map.of("rows", 5));
        String job = asked.pointsTo();
        await().atMost(PATIENCE)
                .until(
                        () -> answer(operator, 200, "GET", job).text("state"),
                        state -> !List.of("WAITING", "RUNNING").contains(state));
        assertThat(answer(operator, 200, "GET", job).body().path("verdict").isObject())
                .isTrue();
        assertThat(answer(operator, 409, "DELETE", job).problem()).isEqualTo("job-conflict");
        answer(operator, 200, "GET", "/api/admin/projections/chat");
        answer(operator, 404, "GET", "/api/admin/jobs/" + NOWHERE);
        answer(operator, 404, "GET", "/api/admin/jobs?cursor=" + NOWHERE);
        answer(operator, 404, "POST", "/api/admin/projections/none/rebuild");
        answer(operator, 422, "POST", "/api/admin/projections/chat/replay", Map.of("to", "999999999", "into", "late"));
        answer(operator, 404, "DELETE", "/api/admin/replays/none");
    }

    @Test
    void healthIsFlatAndNeverTooOften() {
        JsonNode health = answer(product.anonymous(), 200, "GET", "/api/health").body();
        assertThat(health.at("/parts/nats/role").asString()).isEqualTo("event bus");

        JsonNode responses = document.whole().at("/paths/~1api~1health/get/responses");
        assertThat(responses.has("429")).isFalse();
        assertThat(responses.at("/503/content/application~1json"))
                .isEqualTo(responses.at("/200/content/application~1json"));
        answer(product.anonymous(), 412, "GET", "/api/health", "Veza-Log", "another-log");
    }

    @Test
    void aRoomOfTwoIsMadeOrFoundOrRefused() {
        Person one = person();
        Person two = person();
        answer(one.client(), 201, "POST", "/api/rooms/direct", Map.of("userId", two.id()));
        answer(one.client(), 200, "POST", "/api/rooms/direct", Map.of("userId", two.id()));
        answer(one.client(), 404, "POST", "/api/rooms/direct", Map.of("userId", NOWHERE));
        Person third = person();
        answer(third.client(), 204, "PUT", "/api/users/" + one.id() + "/block");
        assertThat(answer(one.client(), 403, "POST", "/api/rooms/direct", Map.of("userId", third.id()))
                        .problem())
                .isEqualTo("blocked");
    }

    @Test
    void refusalsAreAsDescribed() {
        Person stranger = person();
        Map<String, Object> hook = Map.of("url", "https://8.8.8.8/", "types", List.of("message.sent"));
        answer(stranger.client(), 403, "POST", "/api/webhooks", with(hook, "roomId", room));
        answer(stranger.client(), 404, "POST", "/api/webhooks", with(hook, "roomId", NOWHERE));
        answer(stranger.client(), 403, "GET", "/api/admin/jobs");
        answer(stranger.client(), 404, "GET", "/api/rooms/" + NOWHERE);
        answer(stranger.client(), 400, "GET", "/api/rooms?limit=0");
        answer(stranger.client(), 422, "POST", "/api/rooms", Map.of());
        answer(stranger.client(), 412, "POST", "/auth/ws-ticket", "Veza-Log", "another-log");
        answer(product.anonymous(), 401, "GET", "/api/me");
        answer(product.anonymous(), 422, "GET", "/auth/oauth2/none?challenge=short");
        answer(product.anonymous(), 404, "GET", "/live/" + NOWHERE + "/master.m3u8");
        answer(product.anonymous(), 404, "GET", "/api/erasures/none");
        answer(operator, 404, "POST", "/api/admin/admins", Map.of("username", "nobody-at-all"));
        answer(operator, 404, "GET", "/api/admin/dead-letters?projection=none");
        answer(operator, 404, "DELETE", "/api/admin/dead-letters?projection=chat&key=none");
        answer(operator, 404, "POST", "/api/admin/dead-letters/retry", Map.of("projection", "none"));
    }

    private static Map<String, Object> with(Map<String, Object> body, String name, String value) {
        Map<String, Object> more = new HashMap<>(body);
        more.put(name, value);
        return more;
    }

    @Test
    void streamsOfEventsAndTablesAreText() {
        for (String stream : List.of("~1api~1admin~1events~1stream", "~1api~1admin~1jobs~1{id}~1stream")) {
            assertThat(document.whole()
                            .at("/paths/" + stream + "/get/responses/200/content/text~1event-stream/schema/type")
                            .asString())
                    .as(stream)
                    .isEqualTo("string");
        }
        assertThat(document.whole()
                        .at("/paths/~1api~1analytics~1{report}/get/responses/200/content/text~1csv/schema/type")
                        .asString())
                .isEqualTo("string");
    }

    @Test
    void whatBodiesMayLeaveOutMayBeNull() {
        JsonNode body = document.whole().at("/components/schemas/CreateRoomBody");

        assertThat(body.path("required")).isEqualTo(JsonMapper.shared().readTree("[\"name\"]"));
        assertThat(body.at("/properties/topic/type"))
                .isEqualTo(JsonMapper.shared().readTree("[\"string\",\"null\"]"));
        assertThat(body.at("/properties/name/maxLength").asInt()).isEqualTo(80);
        assertThat(body.at("/properties/visibility/anyOf/0/enum"))
                .isEqualTo(JsonMapper.shared().readTree("[\"public\",\"private\"]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/jwks.json",
                "/openapi.json",
                "/asyncapi.json",
                "/asyncapi/events.json",
                "/api/analytics",
                "/api/me"
            })
    void whoHasItAlreadyIsNotSentItAgain(String path) {
        Answer first = person.client().get(path);
        assertThat(first.headers().firstValue("Cache-Control").orElseThrow()).doesNotContain("no-store");

        Answer again = person.client()
                .get(path, "If-None-Match", first.headers().firstValue("ETag").orElseThrow());
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body().isMissingNode()).isTrue();
        if (!path.equals("/openapi.json")) {
            assertThat(document.faults("GET", path, again)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth/totp", "/api/me/providers", "/api/webhooks"})
    void whatNobodyElseMayStoreIsNotSentAgainEither(String path) {
        Answer first = person.client().get(path);
        assertThat(first.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");

        Answer again = person.client()
                .get(path, "If-None-Match", first.headers().firstValue("ETag").orElseThrow());
        assertThat(again.status()).isEqualTo(304);
        assertThat(document.faults("GET", path, again)).isEmpty();
    }
}
