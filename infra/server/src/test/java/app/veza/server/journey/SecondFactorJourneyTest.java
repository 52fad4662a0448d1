package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.ReceivedMail;
import app.veza.server.journey.Client.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Signing in with codes beside the password. */
class SecondFactorJourneyTest extends SocketJourney {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String PASSWORD = "correct horse battery";

    private final Client anybody = product.anonymous();
    private final String username = "factor" + UUID.randomUUID().toString().substring(0, 8);
    private final String email = username + "@example.org";

    private Answer logIn(String password, @Nullable String code) {
        Map<String, String> body = new HashMap<>(Map.of("username", username, "password", password));
        if (code != null) {
            body.put("totp", code);
        }
        return anybody.post("/auth/login", body);
    }

    private Client registered() {
        Answer registered =
                anybody.post("/auth/register", Map.of("username", username, "email", email, "password", PASSWORD));
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        return anybody.as(logIn(PASSWORD, null).text("accessToken"));
    }

    private Authenticator enrolled(Client client) {
        Answer begun = client.post("/auth/totp/begin", Map.of());
        assertThat(begun.status()).as(begun.toString()).isEqualTo(200);
        assertThat(begun.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(begun.text("uri")).startsWith("otpauth://totp/Veza:" + username + "?secret=" + begun.text("secret"));
        return new Authenticator(begun.text("secret"));
    }

    /** With the code before the present one, so that the present one is still good. */
    private static List<String> confirmed(Client client, Authenticator app) {
        Answer confirmed = await().atMost(PATIENCE)
                .until(
                        () -> client.post("/auth/totp/confirm", Map.of("code", app.code(-1))),
                        answer -> answer.status() != 422);
        assertThat(confirmed.status()).as(confirmed.toString()).isEqualTo(200);
        return confirmed
                .body()
                .path("recoveryCodes")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private void assertMailed(String subject) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(EmbeddedPlatform.shared().mailbox().mailsTo(email))
                                .extracting(ReceivedMail::subject)
                                .contains(subject));
    }

    @Test
    void codesAreAskedForOnceConfirmedAndEachIsGoodOnce() {
        Client client = registered();
        Authenticator app = enrolled(client);
        assertThat(logIn(PASSWORD, null).status()).as("not confirmed yet").isEqualTo(200);
        assertThat(client.post("/auth/totp/confirm", Map.of("code", "nonsense")).status())
                .isEqualTo(422);
        List<String> recovery = confirmed(client, app);
        assertThat(recovery).hasSize(10);
        assertMailed("Codes are asked for now when you sign in");

        Answer asked = logIn(PASSWORD, null);
        assertThat(asked.status()).isEqualTo(401);
        assertThat(asked.problem()).isEqualTo("totp-required");
        assertThat(logIn("wrong password", null).problem()).isEqualTo("invalid-credentials");
        String code = app.code(0);
        assertThat(logIn("wrong password", code).problem()).isEqualTo("invalid-credentials");
        Answer in = logIn(PASSWORD, code);
        assertThat(in.status()).as(in.toString()).isEqualTo(200);
        Answer replayed = logIn(PASSWORD, code);
        assertThat(replayed.status()).isEqualTo(401);
        assertThat(replayed.problem()).isEqualTo("invalid-totp");

        assertThat(logIn(PASSWORD, recovery.getFirst()).status()).isEqualTo(200);
        assertThat(logIn(PASSWORD, recovery.getFirst()).problem()).isEqualTo("invalid-totp");
        assertMailed("A recovery code was used");
        assertThat(client.get("/auth/totp").body().toString()).isEqualTo("{\"enabled\":true,\"recoveryCodesLeft\":9}");
        assertNothingIsShown(app.secret(), recovery);
    }

    @Test
    void whoIsSignedInProvesAnewThatItIsThem() {
        Client client = registered();
        Authenticator app = enrolled(client);
        List<String> first = confirmed(client, app);
        assertThat(client.post("/auth/totp/begin", Map.of()).problem()).isEqualTo("totp-on");

        assertThat(client.post("/auth/totp/recovery-codes", Map.of("password", "wrong one"))
                        .status())
                .isEqualTo(422);
        Answer renewed = client.post("/auth/totp/recovery-codes", Map.of("code", app.code(0)));
        assertThat(renewed.status()).as(renewed.toString()).isEqualTo(200);
        String second = renewed.body().at("/recoveryCodes/0").asString();
        assertMailed("You have new recovery codes");
        assertThat(logIn(PASSWORD, first.getLast()).problem()).isEqualTo("invalid-totp");
        assertThat(logIn(PASSWORD, second).status()).isEqualTo(200);

        assertThat(client.post("/auth/totp/remove", Map.of()).status()).isEqualTo(422);
        assertThat(client.post("/auth/totp/remove", Map.of("code", second)).status())
                .isEqualTo(422);
        assertThat(client.post("/auth/totp/remove", Map.of("password", PASSWORD))
                        .status())
                .isEqualTo(204);
        assertThat(logIn(PASSWORD, null).status()).isEqualTo(200);
        assertThat(client.post("/auth/totp/remove", Map.of("password", PASSWORD))
                        .problem())
                .isEqualTo("totp-off");
        assertMailed("No codes are asked for any more");
    }

    @Test
    void whoGuessesCodesIsSlowedDownAndTheLogTellsOfIt() {
        Client client = registered();
        Authenticator app = enrolled(client);
        confirmed(client, app);
        for (int guess = 0; guess < 5; guess++) {
            assertThat(logIn(PASSWORD, "guess " + guess).problem()).isEqualTo("invalid-totp");
        }
        Answer slowed = logIn(PASSWORD, app.code(0));
        assertThat(slowed.status()).as(slowed.toString()).isEqualTo(429);
        String person = client.get("/api/me").text("id");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events(person))
                        .contains("identity.LoginsDelayed")
                        .filteredOn(type -> type.equals("identity.LoginFailed"))
                        .hasSize(5));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(logIn(PASSWORD, app.code(1)).status()).isEqualTo(200));
    }

    /** As at the log-in, whichever door who is signed in guesses at. */
    @ParameterizedTest
    @CsvSource({"/auth/password,currentPassword", "/auth/totp/remove,password", "/auth/totp/recovery-codes,code"})
    void whoIsSignedInAndGuessesIsSlowedDownAndTheLogTellsOfIt(String door, String field) {
        Client client = registered();
        confirmed(client, enrolled(client));
        String person = client.get("/api/me").text("id");
        Function<String, Answer> guess =
                text -> client.post(door, Map.of(field, text, "newPassword", "second horse battery"));
        for (int i = 0; i < 5; i++) {
            Answer wrong = guess.apply("guess number " + i);
            assertThat(wrong.status()).as(wrong.toString()).isEqualTo(422);
            assertThat(wrong.body().at("/errors/0/pointer").asString()).isEqualTo("/" + field);
        }
        assertThat(guess.apply("guess number 6").status()).isEqualTo(429);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events(person))
                        .contains("identity.LoginsDelayed")
                        .filteredOn(type -> type.equals("identity.LoginFailed"))
                        .hasSize(5));
    }

    private static List<String> events(String person) {
        return product.anonymous()
                .as(Product.OPERATOR_TOKEN)
                .get("/api/admin/events?limit=1000&tag=person:" + person)
                .body()
                .path("items")
                .valueStream()
                .map(event -> event.path("type").asString())
                .toList();
    }

    private static void assertNothingIsShown(String secret, List<String> recovery) {
        String shown = product.anonymous()
                .as(Product.OPERATOR_TOKEN)
                .get("/api/admin/events?limit=1000")
                .body()
                .toString();
        assertThat(shown).contains("identity.TotpConfirmed").doesNotContain(secret);
        assertThat(recovery).noneMatch(shown::contains);
    }
}
