package app.veza.server.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.server.journey.Client.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What attackers send: refused with the right status, nothing of it stored, nothing of us told. */
class HostileInputTest extends HostileStage {

    /** What databases, pages, shells and printf would take for something else than text. */
    private static final List<String> TEXTS = List.of(
            "'; DROP TABLE rooms; --",
            "\" OR 1=1 --",
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "{{7*7}} ${7*7} #{7*7} %s %n",
            "../../etc/passwd",
            "$(reboot) `reboot` | reboot",
            "\\u0000 \\x00 %00",
            "{\"$personal\": \"1.x\"}");

    private static RawHttp raw;

    @BeforeAll
    static void connect() {
        raw = new RawHttp(client.base());
    }

    private static void refusedWithoutALeak(RawHttp.Answer answer, Integer... statuses) {
        assertThat(answer.status()).as(answer.text()).isIn((Object[]) statuses);
        assertThat(answer.text()).contains("application/problem+json");
        assertThat(LEAK.matcher(answer.text()).find()).as(answer.text()).isFalse();
    }

    static List<byte[]> bodiesThatAreNone() {
        var badUtf8 = new ByteArrayOutputStream();
        badUtf8.writeBytes("{\"text\":\"".getBytes(UTF_8));
        badUtf8.writeBytes(new byte[] {(byte) 0xc3, 0x28, (byte) 0xff, (byte) 0xed, (byte) 0xa0, (byte) 0x80});
        badUtf8.writeBytes("\"}".getBytes(UTF_8));
        return List.of(
                badUtf8.toByteArray(),
                "{\"text\":".getBytes(UTF_8),
                "{\"text\":\"a\u0001b\"}".getBytes(UTF_8),
                "{\"text\":\"a\nb\"}".getBytes(UTF_8),
                "{'text':'a'}".getBytes(UTF_8),
                "{\"text\":\"a\",\"text\":\"b\"}".getBytes(UTF_8),
                "{\"text\":/*c*/\"a\"}".getBytes(UTF_8),
                "{\"text\":{\"text\":\"a\"}}".getBytes(UTF_8),
                ("{\"text\":" + "[".repeat(100_000)).getBytes(UTF_8),
                ("{\"text\":" + "{\"a\":".repeat(20_000)).getBytes(UTF_8),
                ("{\"text\":" + "9".repeat(5_000) + "}").getBytes(UTF_8),
                ("{\"" + "n".repeat(60_000) + "\":1}").getBytes(UTF_8),
                ("{\"text\":\"" + "a".repeat(300_000) + "\"}").getBytes(UTF_8),
                new byte[] {0, 1, 2, 3},
                new byte[] {(byte) 0xfe, (byte) 0xff, 0, '{', 0, '}'});
    }

    @ParameterizedTest
    @MethodSource
    void bodiesThatAreNone(byte[] body) throws IOException {
        long before = head();
        RawHttp.Answer answer = raw.send(
                "POST /api/rooms/%s/messages HTTP/1.1\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"
                        .formatted(room, client.token()),
                body);

        refusedWithoutALeak(answer, 400, 413, 422);
        assertThat(head()).isEqualTo(before);
    }

    @Test
    void aBodyWithoutEndIsCutOff() throws IOException {
        long before = head();
        var request = new ByteArrayOutputStream();
        request.writeBytes(("POST /api/rooms HTTP/1.1\r\nHost: veza\r\nConnection: close\r\nAuthorization: Bearer "
                        + client.token()
                        + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
                .getBytes(UTF_8));
        request.writeBytes("9\r\n{\"name\":\"\r\n".getBytes(UTF_8));
        String chunk = "2000\r\n" + "a".repeat(0x2000) + "\r\n";
        for (int i = 0; i < 64; i++) {
            request.writeBytes(chunk.getBytes(UTF_8));
        }
        request.writeBytes("0\r\n\r\n".getBytes(UTF_8));

        refusedWithoutALeak(raw.send(request.toByteArray()), 413);
        assertThat(head()).isEqualTo(before);
    }

    @Test
    void textIsTextWhateverItLooksLike() {
        for (String text : TEXTS) {
            Answer named = client.send("PATCH", "/api/me", json(Map.of("displayName", text)));
            assertThat(named.status()).as(named.toString()).isLessThan(300);
            Answer opened = client.post("/api/rooms", Map.of("name", text, "topic", text, "visibility", "public"));
            assertThat(opened.status()).as(opened.toString()).isEqualTo(201);
            String messages = "/api/rooms/" + opened.text("roomId") + "/messages";
            Answer sent = client.post(messages, Map.of("text", text));
            assertThat(sent.status()).as(sent.toString()).isEqualTo(201);
            Answer stream = client.post("/api/streams", Map.of("title", text, "description", text));
            assertThat(stream.status()).as(stream.toString()).isEqualTo(201);

            String[] since = {"Veza-Min-Position", Long.toString(stream.position())};
            assertThat(client.get("/api/me", since).text("displayName")).isEqualTo(text);
            Answer read = client.get(messages, since);
            assertThat(read.body().at("/items/0/text").asString()).isEqualTo(text);
            assertThat(read.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(client.get("/api/rooms/" + opened.text("roomId"), since).text("topic"))
                    .isEqualTo(text);
            for (String list :
                    List.of("/api/search?q=", "/api/users?q=", "/api/rooms?scope=public&q=", "/api/rooms?cursor=")) {
                Answer found = client.get(list + encoded(text));
                assertThat(found.status()).as(list + text + found).isIn(200, 400, 422);
                assertThat(LEAK.matcher(found.text("detail")).find()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\u0007", "\\u001b[2J", "\\u007f", "\\u009b", "\\ud800", "\\udc00x"})
    void charactersThatAreNoText(String character) {
        long before = head();
        List<Answer> refused = List.of(
                client.send("PATCH", "/api/me", "{\"displayName\":\"a%sb\"}".formatted(character)),
                client.send("POST", "/api/rooms", "{\"name\":\"a%sb\",\"visibility\":\"public\"}".formatted(character)),
                client.send("POST", "/api/rooms/" + room + "/messages", "{\"text\":\"a%sb\"}".formatted(character)),
                client.send("POST", "/api/streams", "{\"title\":\"a%sb\"}".formatted(character)),
                client.send(
                        "POST",
                        "/auth/register",
                        "{\"username\":\"a%sb\",\"email\":\"a@example.org\",\"password\":\"long enough\"}"
                                .formatted(character)));

        assertThat(refused).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.toString()).isIn(400, 422);
            assertThat(LEAK.matcher(answer.text("detail")).find()).isFalse();
        });
        assertThat(head()).isEqualTo(before);
    }

    @Test
    void whatCannotBeUnderstoodIsNamed() {
        Map<Answer, String> refused = Map.of(
                client.get("/api/search"), "/q",
                client.get("/api/rooms?limit=all"), "/limit",
                client.send("PUT", "/api/rooms/" + room + "/members/nonsense", null), "/userId",
                client.post("/api/rooms", Map.of("name", "Quay"), "Idempotency-Key", "two words"), "/Idempotency-Key",
                client.post("/api/rooms", Map.of("name", "Quay"), "Veza-Min-Position", "soon"), "/Veza-Min-Position");
        refused.forEach((answer, pointer) -> {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("malformed");
            assertThat(answer.body().at("/errors/0/pointer").asString()).isEqualTo(pointer);
        });
    }

    @Test
    void whatIsNotAskedForCannotBeSet() {
        Answer registered = product.anonymous()
                .send(
                        "POST",
                        "/auth/register",
                        "{\"username\":\"climber\",\"email\":\"climber@example.org\",\"password\":\"correct horse battery\","
                                + "\"roles\":[\"admin\"],\"userId\":\"%s\",\"emailVerified\":true}"
                                        .formatted(personId));
        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.text("userId")).isNotEqualTo(personId);
        Answer login = product.anonymous()
                .post("/auth/login", Map.of("username", "climber", "password", "correct horse battery"));
        assertThat(login.body().at("/user/roles").valueStream().map(JsonNode::asString))
                .containsExactly("user");

        client.send(
                "PATCH",
                "/api/me",
                "{\"displayName\":\"Target\",\"roles\":[\"admin\"],\"username\":\"root\",\"id\":\"%s\"}"
                        .formatted(registered.text("userId")));
        Answer sent = client.send(
                "POST",
                "/api/rooms/" + room + "/messages",
                "{\"text\":\"mine\",\"senderId\":\"%s\",\"sender\":{\"id\":\"%s\"},\"position\":1,\"sentAt\":\"2001-01-01T00:00:00Z\"}"
                        .formatted(registered.text("userId"), registered.text("userId")));
        String[] since = {"Veza-Min-Position", Long.toString(sent.position())};
        Answer me = client.get("/api/me", since);
        assertThat(me.text("username")).isEqualTo("target");
        assertThat(me.body().path("roles").valueStream().map(JsonNode::asString))
                .containsExactly("user");
        JsonNode message =
                client.get("/api/rooms/" + room + "/messages", since).body().at("/items/0");
        assertThat(message.at("/sender/id").asString()).isEqualTo(personId);
        assertThat(message.path("sentAt").asString()).doesNotStartWith("2001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/rooms/..%2f..%2fadmin%2fevents",
                "/api/..;/admin/events",
                "/api/me/..%5c..%5cadmin",
                "/api/rooms/%252e%252e/x",
                "/api\\admin",
                "/api/./me",
                "/api/me%0d%0aSet-Cookie:%20a=b",
                "/%2e%2e/%2e%2e/etc/passwd",
                "//api/me",
                "/api/me#x",
                "/api/me?cursor=%00"
            })
    void pathsThatPointElsewhere(String path) throws IOException {
        RawHttp.Answer answer =
                raw.send("GET " + path + " HTTP/1.1\r\nAuthorization: Bearer " + client.token() + "\r\n", new byte[0]);

        assertThat(answer.status()).as(answer.text()).isIn(200, 400, 404);
        assertThat(answer.status() == 200).as(answer.text()).isEqualTo(path.contains("cursor"));
        assertThat(answer.text()).doesNotContain("Set-Cookie");
        assertThat(LEAK.matcher(answer.text()).find()).as(answer.text()).isFalse();
    }

    @Test
    void headersThatAreTooMuchOrAmbiguous() throws IOException {
        String get = "GET /api/me HTTP/1.1\r\n";
        refusedWithoutALeak(raw.send(get + "X-Long: " + "x".repeat(30_000) + "\r\n", new byte[0]), 400, 431);
        refusedWithoutALeak(raw.send(get + "X-Many: x\r\n".repeat(2_000), new byte[0]), 400, 431);
        refusedWithoutALeak(
                raw.send(get + "Authorization: Bearer " + "a".repeat(12_000) + "\r\n", new byte[0]), 400, 401, 431);
        // Two lengths are the beginning of a second request for whoever believes the other one
        assertThat(raw.send("POST /api/me HTTP/1.1\r\nContent-Length: 3\r\n", "{}".getBytes(UTF_8))
                        .status())
                .isEqualTo(400);
        assertThat(raw.send(
                                "POST /auth/login HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n",
                                "0\r\n\r\nGET /api/health HTTP/1.1\r\nHost: veza\r\n\r\n".getBytes(UTF_8))
                        .text())
                .as("one request is one answer")
                .containsOnlyOnce("HTTP/1.1 ");
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, UTF_8);
    }
}
