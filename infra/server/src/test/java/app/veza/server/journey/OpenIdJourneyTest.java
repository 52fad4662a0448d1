package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client.Answer;
import app.veza.server.journey.MockOpenIdProvider.Issue;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in through an OpenID provider, as a browser and its page do it. */
class OpenIdJourneyTest {

    private static final String APP = "https://app.veza.example";
    private static final String PASSWORD = "correct horse battery";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    static Path directory;

    private static final AtomicInteger ASKED = new AtomicInteger();
    private static HttpServer gone;
    private static MockOpenIdProvider provider;
    private static Product product;

    private final Client anybody = product.anonymous();
    private final String subject = UUID.randomUUID().toString();
    private final String wish = "openid" + subject.substring(0, 8);

    @BeforeAll
    static void start() throws Exception {
        provider = new MockOpenIdProvider();
        gone = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gone.createContext("/", exchange -> {
            ASKED.incrementAndGet();
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        gone.start();
        product = new Product(
                directory,
                Map.of(
                        "veza.oauth2.gone.issuer",
                        "http://127.0.0.1:" + gone.getAddress().getPort(),
                        "veza.oauth2.gone.client-id",
                        MockOpenIdProvider.CLIENT,
                        "veza.oauth2.gone.client-secret",
                        MockOpenIdProvider.SECRET,
                        "veza.oauth2.mock.issuer",
                        provider.issuer(),
                        "veza.oauth2.mock.client-id",
                        MockOpenIdProvider.CLIENT,
                        "veza.oauth2.mock.client-secret",
                        MockOpenIdProvider.SECRET,
                        "veza.app-url",
                        APP));
    }

    @AfterAll
    static void stop() {
        product.close();
        provider.close();
        gone.stop(0);
    }

    /** A browser on its way: where it was sent, and the cookie that it was given. */
    private record Away(URI asked, String cookie) {}

    private Away away(String query) {
        Answer answer = anybody.get("/auth/oauth2/mock" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(302);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/auth/oauth2/");
        URI asked = URI.create(answer.headers().firstValue("Location").orElseThrow());
        assertThat(asked.toString()).startsWith(provider.issuer() + "/authorize?");
        return new Away(asked, cookie.substring(0, cookie.indexOf(';')));
    }

    private UnaryOperator<JWTClaimsSet.Builder> profile() {
        return claims -> claims.claim("email", wish + "@example.org")
                .claim("preferred_username", wish)
                .claim("name", "Ada Lovelace");
    }

    private Answer back(Away away, UnaryOperator<JWTClaimsSet.Builder> claims, Issue issue) {
        return come(away, provider.consent(away.asked(), subject, profile().andThen(claims)::apply, issue));
    }

    private Answer come(Away away, String path) {
        return anybody.get(path, "Cookie", away.cookie(), "Accept", "text/html,*/*;q=0.8");
    }

    /** What the page is given behind the #. */
    private static String code(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(302);
        String there = answer.headers().firstValue("Location").orElseThrow();
        assertThat(there).matches(APP + "/signed-in#code=[A-Za-z0-9_-]{43}");
        return there.substring(there.indexOf('=') + 1);
    }

    private String code() {
        return code(back(away(""), claims -> claims, MockOpenIdProvider::signed));
    }

    private Answer exchange(String code) {
        return anybody.post("/auth/oauth2/token", Map.of("code", code));
    }

    @Test
    void whoComesFirstGetsAnAccountAndLaterTheSame() {
        Answer first = exchange(code());
        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(first.body().at("/user/username").asString()).isEqualTo(wish);
        assertThat(first.body().at("/user/displayName").asString()).isEqualTo("Ada Lovelace");
        assertThat(anybody.as(first.text("accessToken"))
                        .get("/api/me/providers")
                        .body()
                        .toString())
                .isEqualTo("{\"items\":[\"mock\"],\"nextCursor\":null}");

        String code = code();
        Answer second = exchange(code);
        assertThat(second.body().at("/user/id").asString())
                .isEqualTo(first.body().at("/user/id").asString());
        assertThat(exchange(code).status()).as("once").isEqualTo(401);
        assertThat(anybody.post("/auth/refresh", Map.of("refreshToken", second.text("refreshToken")))
                        .status())
                .isEqualTo(200);
        assertThat(anybody.post("/auth/login", Map.of("username", wish, "password", PASSWORD))
                        .status())
                .as("there is no password")
                .isEqualTo(401);
    }

    @Test
    void whoGuessesCodesBehindAProviderIsSlowedDownAndTheLogTellsOfIt() {
        Answer first = exchange(code());
        Client client = anybody.as(first.text("accessToken"));
        var app = new Authenticator(client.post("/auth/totp/begin", Map.of()).text("secret"));
        await().atMost(PATIENCE)
                .until(() -> client.post("/auth/totp/confirm", Map.of("code", app.code(-1)))
                                .status()
                        == 200);
        for (int guess = 0; guess < 5; guess++) {
            assertThat(guessed(code(), "guess " + guess).problem()).isEqualTo("invalid-totp");
        }
        assertThat(guessed(code(), app.code(0)).status()).isEqualTo(429);
        String person = first.body().at("/user/id").asString();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(product.anonymous()
                                .as(Product.OPERATOR_TOKEN)
                                .get("/api/admin/events?limit=1000&tag=person:" + person)
                                .body()
                                .path("items")
                                .findValuesAsString("type"))
                        .contains("identity.LoginsDelayed")
                        .filteredOn(type -> type.equals("identity.LoginFailed"))
                        .hasSize(5));
    }

    private Answer guessed(String code, String totp) {
        return anybody.post("/auth/oauth2/token", Map.of("code", code, "totp", totp));
    }

    @Test
    void aProgramIsAnsweredAsByTheLogIn() {
        Away away = away("");
        String path = provider.consent(away.asked(), subject, profile(), MockOpenIdProvider::signed);
        Answer answer = anybody.get(path, "Cookie", away.cookie());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(anybody.as(answer.text("accessToken")).get("/auth/sessions").status())
                .isEqualTo(200);
    }

    @Test
    void theSameNameOrAddressOpensNobodyElsesAccount() {
        Answer registered = anybody.post(
                "/auth/register", Map.of("username", wish, "email", wish + "@example.org", "password", PASSWORD));
        assertThat(registered.status()).isEqualTo(201);

        Answer signedIn = exchange(code());

        assertThat(signedIn.status()).as(signedIn.toString()).isEqualTo(200);
        assertThat(signedIn.body().at("/user/id").asString()).isNotEqualTo(registered.text("userId"));
        assertThat(signedIn.body().at("/user/username").asString()).startsWith(wish + "-");
    }

    @Test
    void whatIsNotProvedIsRefused() {
        Map<String, UnaryOperator<JWTClaimsSet.Builder>> lies = Map.of(
                "another nonce", claims -> claims.claim("nonce", "another"),
                "no nonce", claims -> claims.claim("nonce", null),
                "another issuer", claims -> claims.issuer("https://elsewhere.example"),
                "another audience", claims -> claims.audience("another-client"),
                "several audiences", claims -> claims.audience(List.of(MockOpenIdProvider.CLIENT, "another-client")),
                "authorized for another", claims -> claims.claim("azp", "another-client"),
                "expired",
                        claims -> claims.issueTime(Date.from(Instant.now().minusSeconds(900)))
                                .expirationTime(Date.from(Instant.now().minusSeconds(600))),
                "nobody", claims -> claims.subject(null));
        lies.forEach((lie, claims) -> assertRefused(lie, back(away(""), claims, MockOpenIdProvider::signed)));
        assertRefused("alg none", back(away(""), claims -> claims, MockOpenIdProvider::unsigned));
        assertRefused("another key", back(away(""), claims -> claims, MockOpenIdProvider::signedByAnother));
        assertThat(anybody.get("/auth/oauth2/nobody").status()).isEqualTo(404);
    }

    private static void assertRefused(String lie, Answer answer) {
        assertThat(answer.headers().firstValue("Location")).as(lie).hasValue(APP + "/signed-in#error=unauthenticated");
    }

    @Test
    void whatComesBackIsTakenOnceAndFromTheBrowserThatLeft() {
        Away away = away("");
        String path = provider.consent(away.asked(), subject, profile(), MockOpenIdProvider::signed);
        Away other = away("");
        String strange = provider.consent(other.asked(), subject, profile(), MockOpenIdProvider::signed);
        assertRefused("another browser's", come(away, strange));
        assertRefused("an unknown state", come(away, path.replaceAll("state=.*", "state=" + "x".repeat(43))));
        code(come(away, path));
        assertRefused("a replayed state", come(away, path));
        Away misled = away("");
        String misleading = provider.consent(misled.asked(), subject, profile(), MockOpenIdProvider::signed);
        assertRefused("brought to another provider", come(misled, misleading.replace("/mock/", "/gone/")));
        Away last = away("");
        String from = provider.consent(last.asked(), subject, profile(), MockOpenIdProvider::signed);
        assertRefused("from who says to be another", come(last, from + "&iss=https://elsewhere.example"));
    }

    /** Asked once, and not by each who wants to sign in. */
    @Test
    void aProviderThatIsAwayIsSaidToBe() {
        for (int i = 0; i < 2; i++) {
            Answer answer = anybody.get("/auth/oauth2/gone");
            assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.text("detail")).contains("'gone'");
        }
        assertThat(ASKED).hasValue(1);
    }

    @Test
    void aChallengeKeepsTheResultForWhoSetIt() {
        String verifier = "v".repeat(43);
        assertThat(anybody.get("/auth/oauth2/mock?challenge=short").status()).isEqualTo(422);
        Away away = away("?challenge=" + MockOpenIdProvider.sha256(verifier));
        String code = code(back(away, claims -> claims, MockOpenIdProvider::signed));

        assertThat(exchange(code).status()).isEqualTo(401);
        assertThat(anybody.post("/auth/oauth2/token", Map.of("code", code, "verifier", "w".repeat(43)))
                        .status())
                .isEqualTo(401);
        assertThat(anybody.post("/auth/oauth2/token", Map.of("code", code, "verifier", verifier))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aVerifierWithoutAChallengeIsOfAnotherSignIn() {
        String code = code();
        assertThat(anybody.post("/auth/oauth2/token", Map.of("code", code, "verifier", "v".repeat(43)))
                        .status())
                .isEqualTo(401);
        assertThat(exchange(code).status()).isEqualTo(200);
    }

    @Test
    void anAccountIsLinkedByWhoIsSignedInAndAsksForItsCodeToo() {
        String username = "linked" + subject.substring(0, 8);
        anybody.post(
                "/auth/register",
                Map.of("username", username, "email", username + "@example.org", "password", PASSWORD));
        Client client = anybody.as(anybody.post("/auth/login", Map.of("username", username, "password", PASSWORD))
                .text("accessToken"));
        assertThat(client.post("/api/me/providers", Map.of("code", "x".repeat(43)))
                        .status())
                .isEqualTo(401);
        Answer me = client.get("/api/me");
        Client old = anybody.as(anybody.post(
                        "/auth/refresh",
                        Map.of("refreshToken", FormerSessions.begin(product, me.text("id"), Duration.ofMinutes(10))))
                .text("accessToken"));
        String first = code();
        assertThat(old.post("/api/me/providers", Map.of("code", first)).problem())
                .isEqualTo("proof-required");
        assertThat(old.post("/api/me/providers", Map.of("code", first, "password", "wrong one"))
                        .status())
                .isEqualTo(422);
        Answer linked = old.post("/api/me/providers", Map.of("code", first, "password", PASSWORD));
        assertThat(linked.status()).as(linked.toString()).isEqualTo(204);
        assertThat(exchange(code()).body().at("/user/username").asString()).isEqualTo(username);

        var app = new Authenticator(client.post("/auth/totp/begin", Map.of()).text("secret"));
        await().atMost(PATIENCE)
                .until(() -> client.post("/auth/totp/confirm", Map.of("code", app.code(-1)))
                                .status()
                        == 200);
        String code = code();
        assertThat(exchange(code).problem()).isEqualTo("totp-required");
        Answer signedIn = anybody.post("/auth/oauth2/token", Map.of("code", code, "totp", app.code(0)));
        assertThat(signedIn.status()).as(signedIn.toString()).isEqualTo(200);

        assertThat(client.send("DELETE", "/api/me/providers/mock", null).status())
                .isEqualTo(204);
        Answer another = exchange(code());
        assertThat(another.body().at("/user/username").asString()).isEqualTo(wish);
        assertThat(client.post("/api/me/providers", Map.of("code", code())).problem())
                .isEqualTo("linked-elsewhere");
    }
}
