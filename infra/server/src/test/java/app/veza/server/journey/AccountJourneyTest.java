package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.command.identity.password.Passwords;
import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.ReceivedMail;
import app.veza.eventstore.EventLog;
import app.veza.server.journey.Client.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What people do with their accounts, and what they are mailed about them. */
class AccountJourneyTest extends SocketJourney {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern CODE = Pattern.compile("(?m)^([A-Za-z0-9_-]{86})\\s*$");
    private static final String PASSWORD = "correct horse battery";

    private final Client anybody = product.anonymous();
    private final String username = "account" + UUID.randomUUID().toString().substring(0, 8);
    private final String email = username + "@example.org";

    private Answer register(String name, String address) {
        return anybody.post("/auth/register", Map.of("username", name, "email", address, "password", PASSWORD));
    }

    private Answer logIn(String name, String password) {
        return anybody.post("/auth/login", Map.of("username", name, "password", password));
    }

    private static ReceivedMail mail(String recipient, String subject) {
        return await().atMost(PATIENCE)
                .until(
                        () -> EmbeddedPlatform.shared().mailbox().mailsTo(recipient).stream()
                                .filter(mail -> mail.subject().equals(subject))
                                .toList(),
                        mails -> !mails.isEmpty())
                .getLast();
    }

    private static String code(ReceivedMail mail) {
        Matcher matcher = CODE.matcher(mail.text());
        assertThat(matcher.find()).as(mail.text()).isTrue();
        return matcher.group(1);
    }

    @Test
    void anAddressIsClaimedByWhoProvesItAndNobodyElseLearnsOfIt() {
        assertThat(register(username, email).status()).isEqualTo(201);
        String proof = code(mail(email, "Confirm your e-mail address"));
        assertThat(anybody.post("/auth/email/verify", Map.of("token", "rubbish"))
                        .status())
                .isEqualTo(422);
        Answer verified = anybody.post("/auth/email/verify", Map.of("token", proof));
        assertThat(verified.status()).as(verified.toString()).isEqualTo(204);
        assertThat(anybody.post("/auth/email/verify", Map.of("token", proof)).status())
                .isEqualTo(204);

        String other = username + "x";
        Answer again = register(other, email.toUpperCase());
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body().propertyNames()).containsExactly("userId");
        assertThat(logIn(other, PASSWORD).status()).as("as with any address").isEqualTo(200);
        assertThat(mail(email, "You already have an account").text()).contains(username);
        assertThat(EmbeddedPlatform.shared().mailbox().mailsTo(email))
                .extracting(ReceivedMail::subject)
                .containsExactly("Confirm your e-mail address", "You already have an account");
    }

    /** Whoever knows an address can register with it, under a new name each time. */
    @Test
    void nobodyIsFloodedWithMailsByWhoRegistersWithTheirAddress() {
        for (int i = 0; i < 12; i++) {
            assertThat(register(username + i, email).status()).isEqualTo(201);
        }
        String another = "last-" + email;
        register(username + "last", another);
        mail(another, "Confirm your e-mail address");
        assertThat(EmbeddedPlatform.shared().mailbox().mailsTo(email)).hasSize(10);
    }

    /** Whoever has an account with somebody's address can change its password as often as they like. */
    @Test
    void norByWhoChangesSuchAnAccountAgainAndAgain() {
        register(username, email);
        Client changing = anybody.as(logIn(username, PASSWORD).text("accessToken"));
        String[] passwords = {PASSWORD, "second horse battery"};
        for (int i = 0; i < 12; i++) {
            Map<String, String> change =
                    Map.of("currentPassword", passwords[i % 2], "newPassword", passwords[(i + 1) % 2]);
            assertThat(changing.post("/auth/password", change).status()).isEqualTo(204);
        }
        String another = "last-" + email;
        register(username + "last", another);
        mail(another, "Confirm your e-mail address");
        assertThat(EmbeddedPlatform.shared().mailbox().mailsTo(email))
                .extracting(ReceivedMail::subject)
                .filteredOn("Your password was changed"::equals)
                .hasSize(10);
    }

    /** Counted, not timed: hashing is what takes long, appending what could still be told by a clock. */
    @Test
    void neitherAnswersNorWorkTellWhetherAnAddressHasAnAccount() throws Exception {
        assertThat(register(username, email).status()).isEqualTo(201);
        String proof = code(mail(email, "Confirm your e-mail address"));
        assertThat(anybody.post("/auth/email/verify", Map.of("token", proof)).status())
                .isEqualTo(204);
        String unknown = "nobody-" + email;

        isAlike(1, 2, () -> register(username + "y", email), () -> register(username + "z", "no-" + email));
        isAlike(1, 0, () -> logIn(email, "wrong one"), () -> logIn(unknown, "wrong one"));
        isAlike(0, 3, () -> forgotten(email), () -> forgotten(unknown));
        isAlike(0, 3, () -> forgotten(email), () -> forgotten(unknown));
        isAlike(0, 3, () -> forgotten("no-" + email), () -> forgotten(unknown));
        String ofAnothers = token(username + "y");
        String ofTheirOwn = token(username + "z");
        isAlike(0, 1, () -> verification(ofAnothers), () -> verification(ofTheirOwn));
        isAlike(0, 0, () -> reset(email), () -> reset(unknown));
        isAlike(
                0,
                0,
                () -> anybody.post("/auth/email/verify", Map.of("token", email)),
                () -> anybody.post("/auth/email/verify", Map.of("token", unknown)));
        assertThat(ExportTest.export(anybody, ofAnothers).keySet())
                .as("what whoever registered with the address can take along")
                .isEqualTo(ExportTest.export(anybody, ofTheirOwn).keySet());
        long head = product.part(EventLog.class).head();
        alike(
                counted(1, 1, () -> logIn(username, "wrong one")),
                // Usernames are public, so the log may tell that nobody has this one
                counted(1, 0, () -> logIn(username + "q", "wrong one")));
        assertThat(product.part(EventLog.class).head())
                .as("nothing came behind what was counted")
                .isEqualTo(head + 1);
    }

    private String token(String name) {
        return logIn(name, PASSWORD).text("accessToken");
    }

    private Answer verification(String token) {
        return anybody.as(token).send("POST", "/auth/email/verification", null);
    }

    private Answer forgotten(String address) {
        return anybody.post("/auth/password/forgot", Map.of("email", address));
    }

    private Answer reset(String token) {
        return anybody.post("/auth/password/reset", Map.of("token", token, "newPassword", "fourth horse battery"));
    }

    private static void isAlike(int hashings, int events, Supplier<Answer> known, Supplier<Answer> unknown) {
        alike(counted(hashings, events, known), counted(hashings, events, unknown));
    }

    private static void alike(Answer first, Answer second) {
        assertThat(second.status()).isEqualTo(first.status());
        assertThat(second.problem()).isEqualTo(first.problem());
        assertThat(second.text("detail")).isEqualTo(first.text("detail"));
        assertThat(second.body().propertyNames()).isEqualTo(first.body().propertyNames());
        assertThat(second.headers().map().keySet())
                .isEqualTo(first.headers().map().keySet());
    }

    /** Both counts may follow the answer by a moment; what is more than that is found by who counts next. */
    private static Answer counted(int hashings, int events, Supplier<Answer> request) {
        Passwords passwords = product.part(Passwords.class);
        EventLog log = product.part(EventLog.class);
        long before = passwords.hashings();
        long head = log.head();
        Answer answer = request.get();
        await().atMost(PATIENCE).until(() -> passwords.hashings() - before == hashings);
        await().atMost(PATIENCE).until(() -> log.head() - head == events);
        return answer;
    }

    @Test
    void aPasswordIsChangedForgottenAndReset() {
        register(username, email);
        Client here = anybody.as(logIn(username, PASSWORD).text("accessToken"));
        Client elsewhere = anybody.as(logIn(username, PASSWORD).text("accessToken"));
        String second = "second horse battery";

        Answer wrong = here.post("/auth/password", Map.of("currentPassword", "wrong one", "newPassword", second));
        assertThat(wrong.status()).isEqualTo(422);
        Answer common = here.post("/auth/password", Map.of("currentPassword", PASSWORD, "newPassword", "password123"));
        assertThat(common.body().at("/errors/0/pointer").asString()).isEqualTo("/newPassword");
        Answer changed = here.post("/auth/password", Map.of("currentPassword", PASSWORD, "newPassword", second));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(204);
        assertThat(here.get("/api/me").status()).isEqualTo(200);
        assertThat(elsewhere.get("/api/me").status()).isEqualTo(401);
        assertThat(logIn(username, PASSWORD).status()).isEqualTo(401);
        assertThat(logIn(username, second).status()).isEqualTo(200);
        mail(email, "Your password was changed");

        Answer nobody = anybody.post("/auth/password/forgot", Map.of("email", "nobody-" + email));
        Answer somebody = anybody.post("/auth/password/forgot", Map.of("email", email.toUpperCase()));
        assertThat(List.of(nobody.status(), somebody.status())).containsOnly(202);
        assertThat(somebody.headers().map().keySet())
                .containsExactlyInAnyOrderElementsOf(nobody.headers().map().keySet());
        String code = code(mail(email, "Choose a new password"));
        Map<String, String> reset = Map.of("token", code, "newPassword", "third horse battery");
        Answer done = anybody.post("/auth/password/reset", reset);
        assertThat(done.status()).as(done.toString()).isEqualTo(204);
        assertThat(anybody.post("/auth/password/reset", reset).status())
                .as("once")
                .isEqualTo(422);
        assertThat(here.get("/api/me").status()).isEqualTo(401);
        assertThat(logIn(username, second).status()).isEqualTo(401);
        assertThat(logIn(username, "third horse battery").status()).isEqualTo(200);
        assertThat(EmbeddedPlatform.shared().mailbox().mailsTo("nobody-" + email))
                .isEmpty();
        assertThat(product.anonymous()
                        .as(Product.OPERATOR_TOKEN)
                        .get("/api/admin/events?limit=1000")
                        .body()
                        .toString())
                .doesNotContain(code)
                .doesNotContain(email);
    }

    @Test
    void aPersonIsCalledOtherwise() {
        register(username, email);
        Client client = anybody.as(logIn(username, PASSWORD).text("accessToken"));

        Answer changed = client.send("PATCH", "/api/me", "{\"displayName\": \"Ada L.\", \"roles\": [\"admin\"]}");

        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.text("displayName")).isEqualTo("Ada L.");
        assertThat(changed.body().path("roles").toString()).isEqualTo("[\"user\"]");
        assertThat(logIn(username, PASSWORD).body().at("/user/displayName").asString())
                .isEqualTo("Ada L.");
        assertThat(client.send("PATCH", "/api/me", "{\"displayName\": \"\"}").status())
                .isEqualTo(422);
    }

    @Test
    void whoGuessesIsSlowedDownWhetherOrNotThereIsAnAccount() {
        register(username, email);
        for (String name : List.of(username, username + "-nobody")) {
            for (int guess = 0; guess < 5; guess++) {
                assertThat(logIn(name, "guess number " + guess).status()).isEqualTo(401);
            }
            Answer slowed = logIn(name, PASSWORD);
            assertThat(slowed.status()).as(name).isEqualTo(429);
            assertThat(slowed.problem()).isEqualTo("too-many-requests");
            assertThat(slowed.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isPositive();
        }
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(logIn(username, PASSWORD).status()).isEqualTo(200));
    }
}
