package app.veza.server.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.eventstore.EventLog;
import app.veza.server.journey.Client.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What attackers send: refused with the right status, nothing of it stored, nothing of us told. */
class HostileInputTest {

    /** Names of classes, of libraries, of places and of statements. */
    private static final Pattern LEAK = Pattern.compile(
            "Exception|\\bat [a-z]+\\.|java\\.|org\\.|app\\.veza\\.|jackson|[Tt]omcat|[Pp]ostgres|jooq|select |/tmp/|\\.java");

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

    @TempDir
    static java.nio.file.Path directory;

    private static Product product;
    private static Client client;
    private static String personId;
    private static String refreshToken;
    private static String room;
    private static RawHttp raw;
    private static Tokens tokens;

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
        raw = new RawHttp(client.base());
        tokens = new Tokens(directory.resolve("node/keys"), client.token());
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    private static long head() {
        return product.part(EventLog.class).head();
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

    /** Of this machine, of its neighbours, of clouds' metadata, of nobody, in all ways to write them; and what is no address. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://localhost/",
                "https://localhost:8443/",
                "https://127.1/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[64:ff9b::10.0.0.1]/",
                "https://[2002:7f00:1::]/",
                "https://[fd00::1]/",
                "https://[fe80::1]/",
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://192.168.1.1/",
                "https://100.64.0.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://nowhere.invalid/",
                "http://8.8.8.8/",
                "https://8.8.8.8:22/",
                "https://user:word@8.8.8.8/",
                "https://8.8.8.8/#there",
                "https://8.8.8.8@127.0.0.1/",
                "ftp://8.8.8.8/",
                "file:///etc/passwd",
                "gopher://127.0.0.1:6379/_FLUSHALL",
                "//8.8.8.8/",
                "nonsense"
            })
    void webhooksIntoPrivateNetworks(String url) {
        String webhook = webhook();
        long before = head();
        Answer registered =
                client.post("/api/webhooks", Map.of("url", url, "types", List.of("message.sent"), "roomId", room));
        Answer moved = client.send("PATCH", "/api/webhooks/" + webhook, json(Map.of("url", url)));

        for (Answer refused : List.of(registered, moved)) {
            assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
            assertThat(refused.body().at("/errors/0/pointer").asString()).isEqualTo("/url");
            assertThat(refused.body().toString()).doesNotContain(url);
            assertThat(LEAK.matcher(refused.body().toString()).find()).isFalse();
        }
        assertThat(head()).isEqualTo(before);
        assertThat(client.get("/api/webhooks/" + webhook).text("url")).isEqualTo("https://8.8.8.8/");
        assertThat(client.send("DELETE", "/api/webhooks/" + webhook, null).status())
                .isEqualTo(204);
    }

    /** The same words for what is there and what is not: nobody maps the network within. */
    @Test
    void whatIsWithinLooksLikeWhatIsNowhere() {
        List<JsonNode> answers = List.of("https://127.0.0.1/", "https://10.0.0.1/", "https://nowhere.invalid/").stream()
                .map(url -> client.post("/api/webhooks", Map.of("url", url, "types", List.of("stream.started"))))
                .map(answer -> answer.body().path("errors"))
                .distinct()
                .toList();

        assertThat(answers).hasSize(1);
    }

    private static String webhook() {
        Answer registered = client.post(
                "/api/webhooks", Map.of("url", "https://8.8.8.8/", "types", List.of("message.sent"), "roomId", room));
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        return registered.text("webhookId");
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

    @Test
    void tokensThatAreNotOurs() {
        tokens.forged().forEach((why, token) -> {
            Answer refused = client.as(token).get("/api/me");
            assertThat(refused.status()).as(why).isEqualTo(401);
            assertThat(LEAK.matcher(refused.body().toString()).find()).as(why).isFalse();
            assertThat(SocketRefusal.status("ws://" + product.gateway() + "/ws", token))
                    .as(why)
                    .isEqualTo(401);
        });
        assertThat(client.as(tokens.good()).get("/api/me").status())
                .as("signed as they are, so the forger knows how")
                .isEqualTo(200);
    }

    @Test
    void aTokenThatIsReplayedEndsItsSession() {
        Answer once = product.anonymous()
                .post("/auth/login", Map.of("username", "target", "password", "correct horse battery"));
        String stolen = once.text("refreshToken");
        Answer next = product.anonymous().post("/auth/refresh", Map.of("refreshToken", stolen));
        assertThat(next.status()).isEqualTo(200);

        assertThat(product.anonymous()
                        .post("/auth/refresh", Map.of("refreshToken", stolen))
                        .status())
                .isEqualTo(401);
        assertThat(product.anonymous()
                        .post("/auth/refresh", Map.of("refreshToken", next.text("refreshToken")))
                        .status())
                .isEqualTo(401);
        assertThat(client.as(next.text("accessToken")).get("/api/me").status()).isEqualTo(401);
        for (String nonsense :
                List.of(refreshToken + "x", "x", "'; --", "../" + refreshToken, "\u00e9".repeat(5_000))) {
            assertThat(product.anonymous()
                            .post("/auth/refresh", Map.of("refreshToken", nonsense))
                            .status())
                    .isIn(401, 422);
        }
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

    private static String json(Map<String, ?> body) {
        return JsonMapper.shared().writeValueAsString(body);
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, UTF_8);
    }
}
