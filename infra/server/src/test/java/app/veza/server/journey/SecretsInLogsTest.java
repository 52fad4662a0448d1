package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.ReceivedMail;
import app.veza.server.journey.Client.Answer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** What a node says about a whole life, its mishaps included, at the level where it says most: nothing that lets anybody in, and nothing personal. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsInLogsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern CODE = Pattern.compile("(?m)^([A-Za-z0-9_-]{86})\\s*$");
    private static final String USERNAME = "semiramis4711";
    private static final String EMAIL = "semiramis@babylon.example";
    private static final String FIRST = "hanging-gardens-1";
    private static final String SECOND = "hanging-gardens-2";
    private static final String THIRD = "hanging-gardens-3";
    private static final String WRONG = "hanging-gardens-0";
    private static final String TEXT = "Meet me at the Ishtar gate";
    private static final String AGENT = "babylonian-messenger/7";

    @TempDir
    Path directory;

    /** Whatever must not be said, by what it is. */
    private final Map<String, String> secrets = new HashMap<>(Map.of(
            "address", EMAIL,
            "first password", FIRST,
            "second password", SECOND,
            "third password", THIRD,
            "wrong password", WRONG,
            "display name", "Queen Semiramis",
            "text of a message", TEXT,
            "agent", AGENT,
            "hash", "$argon2id$",
            "operator's token", Product.OPERATOR_TOKEN));

    private Product product;
    private Client anybody;

    @Test
    void nothingSecretOrPersonalIsSaidOfALife(CapturedOutput said) throws Exception {
        var platform = EmbeddedPlatform.shared().properties();
        try (var mail = new StoreGate(
                        "smtp://" + platform.get("veza.mail.host") + ":" + platform.get("veza.mail.port"));
                var redis = new StoreGate(platform.get("veza.redis.url"));
                Product node = new Product(
                        directory,
                        Map.of(
                                "veza.mail.port",
                                Integer.toString(URI.create(mail.address()).getPort()),
                                "veza.redis.url",
                                redis.address(),
                                "logging.level.app.veza",
                                "DEBUG"))) {
            product = node;
            anybody = node.anonymous();
            account();
            Client client = signedIn();
            secondFactor(client);
            talk(client);
            strangers();
            mail.shut();
            redis.shut();
            mishaps(client);
            redis.open();
            mail.open();
            remember(
                    "certificate",
                    path(await().atMost(PATIENCE)
                            .until(() -> client.send("DELETE", "/api/me", null), gone -> gone.status() == 202)));
        }
        assertThat(said.toString()).as("what is said is seen").contains("Projection chat is served");
        assertThat(secrets).hasSizeGreaterThan(25);
        secrets.forEach((what, secret) -> assertThat(said.toString().contains(secret))
                .as("%s (%s) is said: %s", what, secret, around(said.toString(), secret))
                .isFalse());
    }

    private void remember(String what, String secret) {
        assertThat(secret).as(what).hasSizeGreaterThan(5);
        secrets.put(what, secret);
    }

    private static String path(Answer gone) {
        String path = URI.create(gone.text("certificateUrl")).getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String around(String said, String secret) {
        int at = said.indexOf(secret);
        return at < 0 ? "" : said.substring(Math.max(0, at - 300), Math.min(said.length(), at + 100));
    }

    private Answer logIn(String password) {
        return anybody.post("/auth/login", Map.of("username", USERNAME, "password", password), "User-Agent", AGENT);
    }

    private String mailed(String subject) {
        ReceivedMail mail = await().atMost(PATIENCE)
                .until(
                        () -> EmbeddedPlatform.shared().mailbox().mailsTo(EMAIL).stream()
                                .filter(one -> one.subject().equals(subject))
                                .toList(),
                        mails -> !mails.isEmpty())
                .getLast();
        Matcher code = CODE.matcher(mail.text());
        assertThat(code.find()).as(mail.text()).isTrue();
        return code.group(1);
    }

    private void account() {
        Answer registered = anybody.post(
                "/auth/register",
                Map.of("username", USERNAME, "email", EMAIL, "password", FIRST, "displayName", "Queen Semiramis"));
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        remember("proof of the address", mailed("Confirm your e-mail address"));
        anybody.post("/auth/email/verify", Map.of("token", secrets.get("proof of the address")));
        assertThat(anybody.post("/auth/password/forgot", Map.of("email", EMAIL)).status())
                .isBetween(200, 299);
        remember("proof for another password", mailed("Choose a new password"));
        Map<String, String> reset = Map.of("token", secrets.get("proof for another password"), "newPassword", SECOND);
        assertThat(anybody.post("/auth/password/reset", reset).status()).isEqualTo(204);
        assertThat(anybody.post("/auth/password/reset", reset).status()).isEqualTo(422);
        assertThat(logIn(WRONG).status()).isEqualTo(401);
    }

    private Client signedIn() {
        Answer stolen = logIn(SECOND);
        remember("stolen refresh token", stolen.text("refreshToken"));
        anybody.post("/auth/refresh", Map.of("refreshToken", stolen.text("refreshToken")));
        anybody.post("/auth/refresh", Map.of("refreshToken", stolen.text("refreshToken")));
        Answer login = logIn(SECOND);
        Answer refreshed = anybody.post("/auth/refresh", Map.of("refreshToken", login.text("refreshToken")));
        remember("refresh token", refreshed.text("refreshToken"));
        remember("access token", refreshed.text("accessToken"));
        remember("signature of a token", refreshed.text("accessToken").split("\\.")[2]);
        Client client = anybody.as(refreshed.text("accessToken"));
        assertThat(client.post("/auth/password", Map.of("currentPassword", SECOND, "newPassword", THIRD))
                        .status())
                .isEqualTo(204);
        return client;
    }

    private void secondFactor(Client client) {
        Answer begun = client.post("/auth/totp/begin", Map.of());
        remember("secret of codes", begun.text("secret"));
        Authenticator app = new Authenticator(begun.text("secret"));
        Answer confirmed = client.post("/auth/totp/confirm", Map.of("code", app.code(0)));
        assertThat(confirmed.status()).as(confirmed.toString()).isEqualTo(200);
        int recovery = 0;
        for (JsonNode code : confirmed.body().path("recoveryCodes")) {
            remember("recovery code " + ++recovery, code.asString());
        }
        assertThat(anybody.post(
                                "/auth/login",
                                Map.of("username", USERNAME, "password", THIRD, "totp", secrets.get("recovery code 1")))
                        .status())
                .isEqualTo(200);
    }

    private void talk(Client client) {
        String room = client.post("/api/rooms", Map.of("name", "Gate", "visibility", "private"))
                .text("roomId");
        assertThat(client.post("/api/rooms/" + room + "/messages", Map.of("text", TEXT))
                        .status())
                .isEqualTo(201);
        Answer upload = client.post("/api/uploads", Map.of("contentType", "image/png", "size", 3));
        remember("signed link", URI.create(upload.text("uploadUrl")).getQuery());
        remember("ticket", client.post("/auth/ws-ticket", Map.of()).text("ticket"));
        String address = "ws://" + product.gateway() + "/ws?ticket=" + secrets.get("ticket");
        try (Socket socket = Socket.open(address, null)) {
            socket.ask("room.subscribe", Map.of("roomId", room));
            socket.ask("message.send", Map.of("roomId", room, "text", TEXT));
            socket.ask("message.send", Map.of("roomId", "nowhere", "text", TEXT));
        }
        assertThat(Socket.refused(address, null)).as("good once").isEqualTo(401);
        Answer hook = client.post(
                "/api/webhooks", Map.of("url", "https://127.0.0.1/hook", "events", List.of("message.sent")));
        assertThat(hook.status()).as("no address of ours").isEqualTo(422);
        Answer stream = client.post("/api/streams", Map.of("title", "Gate", "visibility", "private"));
        remember("pass of a stream", stream.text("playbackUrl").replaceAll(".*/s/([^/]+)/.*", "$1"));
    }

    /** Bodies that are broken in the midst of a secret, secrets where they do not belong, and what may not be done. */
    private void strangers() {
        for (String broken : List.of(
                "{\"username\":\"" + USERNAME + "\",\"password\":\"" + THIRD,
                "{\"username\":\"" + USERNAME + "\",\"password\":[\"" + THIRD + "\"]}",
                "[\"" + THIRD + "\"]",
                "{\"" + THIRD + "\":1}")) {
            assertThat(anybody.send("POST", "/auth/login", broken).status()).isBetween(400, 422);
        }
        assertThat(anybody.as(secrets.get("refresh token")).get("/api/me").status())
                .isEqualTo(401);
        anybody.get("/api/me?access_token=" + secrets.get("access token"));
        anybody.as(secrets.get("access token")).get("/api/admin/events");
        anybody.as(secrets.get("access token")).get("/api/users/" + EMAIL);
        anybody.get("/auth/oauth2/nobody/callback?code=" + secrets.get("ticket") + "&state=x");
    }

    /** With Redis away and mails that nobody takes. */
    private void mishaps(Client client) {
        logIn(THIRD);
        logIn(WRONG);
        anybody.post("/auth/password/forgot", Map.of("email", EMAIL));
        anybody.post("/auth/refresh", Map.of("refreshToken", secrets.get("refresh token")));
        client.post("/auth/password", Map.of("currentPassword", WRONG, "newPassword", FIRST));
        client.get("/api/me");
        client.post("/auth/ws-ticket", Map.of());
    }
}
