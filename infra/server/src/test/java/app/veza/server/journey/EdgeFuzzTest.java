package app.veza.server.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every parser at the HTTP edge, with what mutations make of what is right: whatever it is, it is refused or done and never a fault of
 * the server. The seed of a run that fails is named with the input.
 */
class EdgeFuzzTest {

    private static final int RUNS = 60;
    private static final long SEED = System.nanoTime();
    private static final byte[] NONE = {};

    @TempDir
    static Path directory;

    private static Product product;
    private static RawHttp raw;
    private static String authorization;
    private static String room;
    private static String stream;

    @BeforeAll
    static void start() {
        // Else nobody reads what proxies say
        product = new Product(
                directory,
                Map.of(
                        "veza.http.trusted-proxies",
                        "127.0.0.0/8",
                        "veza.oauth2.mock.issuer",
                        "http://127.0.0.1:9",
                        "veza.oauth2.mock.client-id",
                        "fuzz",
                        "veza.oauth2.mock.client-secret",
                        "fuzz"));
        Map<String, String> account =
                Map.of("username", "fuzzer", "email", "fuzzer@example.org", "password", "correct horse battery");
        product.anonymous().post("/auth/register", account);
        String token = product.anonymous().post("/auth/login", account).text("accessToken");
        authorization = "Authorization: Bearer " + token + "\r\n";
        room = product.anonymous()
                .as(token)
                .post("/api/rooms", Map.of("name", "Fuzz", "visibility", "public"))
                .text("roomId");
        stream = product.anonymous()
                .as(token)
                .post("/api/streams", Map.of("title", "Fuzz"))
                .text("streamId");
        raw = new RawHttp(product.anonymous().base());
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    void bodies() {
        for (String valid : List.of(
                "{\"text\":\"h\u00e9 \\ud83d\\udc4b\",\"clientMessageId\":\"a-1\",\"replyTo\":null,\"attachments\":[]}",
                "{\"text\":\"x\",\"replyTo\":\"01a22348-7d35-7590-b4c6-5b884bb7a659\"}")) {
            fuzz(valid, body -> request("POST", "/api/rooms/" + room + "/messages", authorization, body));
        }
        fuzz(
                "{\"name\":\"Room\",\"visibility\":\"public\",\"topic\":\"about\"}",
                body -> request("POST", "/api/rooms", authorization, body));
        fuzz(
                "{\"contentType\":\"image/png\",\"size\":1234}",
                body -> request("POST", "/api/uploads", authorization, body));
    }

    /** Whoever sends them: nobody has proved who they are. */
    @Test
    void bodiesOfStrangers() {
        Map.of(
                        "/auth/login",
                        "{\"username\":\"nobody\",\"password\":\"correct horse battery\",\"totp\":\"123456\"}",
                        "/auth/register",
                        "{\"username\":\"anybody\",\"email\":\"any@example.org\",\"password\":\"correct horse"
                                + " battery\",\"displayName\":\"\u00c5ny\"}",
                        "/auth/refresh",
                        "{\"refreshToken\":\"%s\"}".formatted("A".repeat(64)),
                        "/auth/password/forgot",
                        "{\"email\":\"any@example.org\"}",
                        "/auth/password/reset",
                        "{\"token\":\"%s\",\"newPassword\":\"second horse battery\"}".formatted("A".repeat(86)),
                        "/auth/email/verify",
                        "{\"token\":\"%s\"}".formatted("A".repeat(86)),
                        "/auth/oauth2/token",
                        "{\"code\":\"%s\",\"verifier\":\"%s\",\"totp\":\"123456\"}"
                                .formatted("A".repeat(43), "v".repeat(43)))
                .forEach((path, valid) -> fuzz(valid, body -> request("POST", path, "", body)));
    }

    @Test
    void headers() {
        for (String header : List.of(
                "Idempotency-Key: key-1",
                "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "Veza-Log: 01a22348",
                "Content-Type: application/json; charset=utf-8",
                "Accept: application/json;q=0.9, */*;q=0.1",
                "X-Forwarded-For: 192.0.2.1, [::1]:80")) {
            fuzz(header, bytes -> withHeader("POST", "/api/rooms/" + room + "/messages", bytes, "{\"text\":\"a\"}"));
        }
        for (String header : List.of(
                "If-None-Match: W/\"abc\", \"def\"",
                "Veza-Min-Position: 1",
                "Accept-Encoding: gzip",
                "Range: bytes=0-1")) {
            fuzz(header, bytes -> withHeader("GET", "/api/rooms/" + room + "/messages", bytes, ""));
        }
        fuzz(authorization.strip(), bytes -> plain("GET /api/me HTTP/1.1\r\n", bytes));
    }

    @Test
    void cursorsAndQueries() {
        for (String path : List.of(
                "/api/rooms/" + room + "/messages?limit=2&cursor=",
                "/api/rooms/" + room + "/messages?before=",
                "/api/rooms?cursor=",
                "/api/users?q=a&cursor=",
                "/api/search?q=",
                "/api/streams?state=live&cursor=",
                "/api/notifications?cursor=",
                "/api/users/",
                "/api/attachments/",
                "/api/erasures/")) {
            for (String value : List.of("MTIzNDU2Nzg5MA", "01a22348-7d35-7590-b4c6-5b884bb7a659")) {
                fuzz(value, bytes -> request("GET", path + encoded(bytes), authorization, NONE));
            }
        }
    }

    /** Nobody who asks for these has a token: passes, queries and names of files are all there is to them. */
    @Test
    void addressesOfLiveAudio() {
        String pass = "1893456000.%s.%s.%s".formatted("0".repeat(32), "a".repeat(32), "A".repeat(22));
        Map.of(
                        "/live/" + stream + "/s/%s/master.m3u8",
                        pass,
                        "/live/%s/master.m3u8",
                        stream,
                        "/live/" + stream + "/%s",
                        "128k/00000001-abc-1.m4s",
                        "/live/" + stream + "/128k/index.m3u8?%s",
                        "_HLS_msn=1&_HLS_part=0&_HLS_skip=YES")
                .forEach((path, valid) ->
                        fuzz(valid, bytes -> request("GET", path.formatted(encoded(bytes)), "", NONE)));
        fuzz("Range: bytes=0-1", bytes -> plain("GET /live/" + stream + "/recording.m4a HTTP/1.1\r\n", bytes));
    }

    @Test
    void whatComesBackFromAProvider() {
        String callback = "/auth/oauth2/mock/callback";
        for (String parameter :
                List.of("code=%s&state=a", "code=a&state=%s", "error=%s&state=a", "code=a&state=a&iss=%s")) {
            fuzz(
                    "A".repeat(43),
                    bytes -> request("GET", callback + "?" + parameter.formatted(encoded(bytes)), "", NONE));
        }
        fuzz(
                "Cookie: veza-oauth2=%s; other=\"a b\"".formatted("A".repeat(43)),
                bytes -> plain("GET " + callback + "?code=a&state=" + "A".repeat(43) + " HTTP/1.1\r\n", bytes));
    }

    @Test
    void whatEngineersAsk() {
        String engineer = "Authorization: Bearer " + Product.OPERATOR_TOKEN + "\r\n";
        Map.of(
                        "/api/admin/events?from=%s",
                        "2026-05-01T12:00:00Z",
                        "/api/admin/events?to=%s",
                        "-2h",
                        "/api/admin/events?limit=1&type=%s",
                        "chat.MessageSent,chat.*",
                        "/api/admin/events?limit=1&tag=%s",
                        "room:" + room,
                        "/api/admin/events?cursor=%s",
                        "123456",
                        "/api/admin/jobs?cursor=%s",
                        "01a22348-7d35-7590-b4c6-5b884bb7a659",
                        "/api/admin/dead-letters?cursor=%s",
                        "chat/17",
                        "/api/admin/audit?actor=%s",
                        "01a22348-7d35-7590-b4c6-5b884bb7a659")
                .forEach((path, valid) ->
                        fuzz(valid, bytes -> request("GET", path.formatted(encoded(bytes)), engineer, NONE)));
    }

    private static String encoded(byte[] value) {
        return URLEncoder.encode(new String(value, UTF_8), UTF_8);
    }

    private static void fuzz(String valid, Function<byte[], byte[]> request) {
        Mutations mutations = new Mutations(new Random(SEED ^ valid.hashCode()));
        for (int run = 0; run < RUNS; run++) {
            byte[] input = mutations.of(valid.getBytes(UTF_8));
            try {
                RawHttp.Answer answer = raw.send(request.apply(input));
                assertThat(answer.status() < 500 || answer.text().contains("position-not-reached"))
                        .as("seed %d, '%s' -> %s", SEED, new String(input, ISO_8859_1), answer.text())
                        .isTrue();
                assertThat(answer.text())
                        .as("seed %d, '%s'", SEED, new String(input, ISO_8859_1))
                        .doesNotContain("Exception", "java.", "org.spring");
            } catch (IOException failure) {
                throw new AssertionError("seed %d, '%s'".formatted(SEED, new String(input, ISO_8859_1)), failure);
            }
        }
    }

    private static byte[] request(String method, String target, String headers, byte[] body) {
        String head =
                "%s %s HTTP/1.1\r\n%sHost: veza\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(method, target, headers, body.length);
        return joined(head.getBytes(ISO_8859_1), body);
    }

    private static byte[] withHeader(String method, String target, byte[] header, String body) {
        return joined(
                (method + " " + target + " HTTP/1.1\r\n" + authorization).getBytes(ISO_8859_1),
                header,
                ("\r\nHost: veza\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(body.length(), body))
                        .getBytes(ISO_8859_1));
    }

    private static byte[] plain(String line, byte[] header) {
        return joined(
                line.getBytes(ISO_8859_1), header, "\r\nHost: veza\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
    }

    private static byte[] joined(byte[]... parts) {
        var all = new java.io.ByteArrayOutputStream();
        List.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
