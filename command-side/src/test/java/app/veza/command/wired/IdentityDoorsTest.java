package app.veza.command.wired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.veza.command.History;
import app.veza.command.InvalidInput;
import app.veza.command.identity.session.SessionRevocation;
import app.veza.command.identity.session.SessionRevocation.SessionState;
import app.veza.event.identity.EmailVerificationRequested;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.LoginFailed;
import app.veza.event.identity.PasswordResetRequested;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.SessionEnded;
import app.veza.eventstore.command.CommandIdReusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.jwt.Jwt;

class IdentityDoorsTest {

    private static final String PASSWORD = "correct horse battery";
    private static Doors doors;

    /** Each test has a person of its own: all share one platform. */
    private final String username = "u." + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void open() {
        doors = new Doors();
    }

    @AfterAll
    static void close() {
        doors.close();
    }

    private Doors.Answer register(String... headers) {
        return doors.post("/auth/register", null, registration(username, username + "@example.org"), headers);
    }

    private static String registration(String username, String email) {
        return "{\"username\": \"%s\", \"email\": \"%s\", \"password\": \"%s\"}".formatted(username, email, PASSWORD);
    }

    private Doors.Answer logIn(String name, String password) {
        return doors.post(
                "/auth/login", null, "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(name, password));
    }

    private static <T> List<T> atOnce(int times, IntFunction<T> call) {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, times)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> call.apply(i), callers))
                    .toList();
            return calls.stream().map(CompletableFuture::join).toList();
        }
    }

    private static Doors.Answer refresh(String token) {
        return doors.post("/auth/refresh", null, "{\"refreshToken\": \"%s\"}".formatted(token));
    }

    @Nested
    class Register {

        @Test
        void answersTheNewIdAndWhereToReadFrom() {
            Doors.Answer answer = register();

            assertThat(answer.status()).isEqualTo(201);
            assertThat(UUID.fromString(answer.json("$.userId")).version()).isEqualTo(7);
            assertThat(Long.parseLong(answer.headers().get("Veza-Position"))).isPositive();
            List<Object> events = doors.events();
            assertThat(events.get(events.size() - 2)).isInstanceOfSatisfying(PersonRegistered.class, person -> {
                assertThat(person.username()).isEqualTo(username);
                assertThat(person.displayName()).isEqualTo(username);
                assertThat(person.passwordHash()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
            });
            assertThat(events).last().isInstanceOf(EmailVerificationRequested.class);
        }

        @Test
        void aTakenUsernameIsAConflict() {
            register();

            Doors.Answer again =
                    doors.post("/auth/register", null, registration(username.toUpperCase(), "other@example.org"));

            assertThat(again.status()).isEqualTo(409);
            assertThat(again.rejection().slug()).isEqualTo("username-taken");
        }

        @Test
        void aUsernameWantedByManyAtOnceGoesToOne() {
            List<Integer> statuses = atOnce(
                    8,
                    i -> doors.post("/auth/register", null, registration(username, i + "@example.org"))
                            .status());

            assertThat(statuses).containsOnlyOnce(201).contains(409).containsOnly(201, 409);
        }

        @Test
        void theSameKeyAndBodyGiveTheSameAnswer() {
            Doors.Answer first = register("Idempotency-Key", username);
            Doors.Answer again = register("Idempotency-Key", username);

            assertThat(again.status()).isEqualTo(201);
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.headers())
                    .containsEntry("Veza-Position", first.headers().get("Veza-Position"));
        }

        @Test
        void theSameKeyWithAnotherPasswordIsRefused() {
            register("Idempotency-Key", username);

            assertThatThrownBy(() -> doors.post(
                            "/auth/register",
                            null,
                            registration(username, username + "@example.org").replace(PASSWORD, PASSWORD + "!"),
                            "Idempotency-Key",
                            username))
                    .isInstanceOf(CommandIdReusedException.class);
        }

        @ParameterizedTest
        @CsvSource({
            "ab, a@example.org, longenough, /username",
            "a b c, a@example.org, longenough, /username",
            "abcdefghijklmnopqrstuvwxyz0123456, a@example.org, longenough, /username",
            "abc, no-address, longenough, /email",
            "abc, a@b@example.org, longenough, /email",
            "abc, a@localhost, longenough, /email",
            "abc, a@example.org, short, /password",
            "abc, a@example.org, Password123, /password",
            "abcde, a@example.org, ABCDEFGH, /password",
        })
        void badInputIsNamed(String name, String email, String password, String pointer) {
            Doors.Answer answer = doors.post(
                    "/auth/register",
                    null,
                    "{\"username\": \"%s\", \"email\": \"%s\", \"password\": \"%s\"}".formatted(name, email, password));

            assertThat(answer.status()).isEqualTo(422);
            assertThat(((InvalidInput) answer.rejection()).faults())
                    .extracting(InvalidInput.Fault::pointer)
                    .containsExactly(pointer);
        }
    }

    @Nested
    class ForgotPassword {

        private UUID registered(String name, String email) {
            return UUID.fromString(doors.post("/auth/register", null, registration(name, email))
                    .json("$.userId"));
        }

        /** However many others give it, whoever they are: else three accounts would take somebody's password for good. */
        @Test
        void whoGaveAnAddressFirstIsWritten() {
            String email = username + "@example.org";
            UUID first = registered(username, email);
            List<UUID> later = IntStream.range(0, 4)
                    .mapToObj(i -> registered(username + i, email))
                    .toList();

            doors.post("/auth/password/forgot", null, "{\"email\": \"%s\"}".formatted(email));

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(doors.events().stream()
                                    .filter(PasswordResetRequested.class::isInstance)
                                    .map(event -> ((PasswordResetRequested) event).personId()))
                            .containsExactlyInAnyOrder(first, later.get(2), later.get(3)));
        }
    }

    @Nested
    class LogIn {

        @Test
        void answersTokensAndWhoOneIs() {
            String userId = register().json("$.userId");

            Doors.Answer answer = logIn(username.toUpperCase(), PASSWORD);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
            assertThat(answer.<String>json("$.tokenType")).isEqualTo("Bearer");
            assertThat(answer.<Integer>json("$.expiresIn")).isEqualTo(600);
            assertThat(answer.<Map<String, Object>>json("$.user"))
                    .containsEntry("id", userId)
                    .containsEntry("username", username)
                    .containsEntry("displayName", username)
                    .containsEntry("roles", List.of("user"));
            Jwt token = doors.decode(answer.json("$.accessToken"));
            assertThat(token.getHeaders()).containsEntry("alg", "RS256").containsKey("kid");
            assertThat(token.getSubject()).isEqualTo(userId);
            assertThat(token.getClaimAsString("iss")).isEqualTo("https://veza.example");
            assertThat(token.getAudience()).containsExactly("veza");
            assertThat(token.getClaimAsStringList("roles")).containsExactly("user");
            assertThat(token.getClaimAsString("preferred_username")).isEqualTo(username);
            assertThat(token.getId()).isNotBlank();
            assertThat(Duration.between(token.getIssuedAt(), token.getExpiresAt()))
                    .isEqualTo(Duration.ofMinutes(10));
        }

        @Test
        void isRemembered() {
            register();
            Doors.Answer answer = logIn(username, PASSWORD);
            UUID session =
                    UUID.fromString(doors.decode(answer.json("$.accessToken")).getClaimAsString("sid"));

            assertThat(doors.events()).last().isInstanceOfSatisfying(LoggedIn.class, loggedIn -> {
                assertThat(loggedIn.sessionId()).isEqualTo(session);
                assertThat(loggedIn.address()).isEqualTo("127.0.0.1");
                assertThat(loggedIn.expiresAt())
                        .isBetween(
                                Instant.now().plus(Duration.ofDays(30)).minusSeconds(60),
                                Instant.now().plus(Duration.ofDays(30)));
                assertThat(loggedIn.refreshTokenHash()).isNotEqualTo(answer.json("$.refreshToken"));
            });
        }

        @Test
        void anUnknownUserAndAWrongPasswordLookTheSame() {
            register();
            Doors.Answer wrong = logIn(username, "wrong password");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(doors.events()).last().isInstanceOf(LoginFailed.class));
            int appended = doors.events().size();
            Doors.Answer unknown = logIn(username + "x", PASSWORD);

            assertThat(doors.events()).hasSize(appended);
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(unknown.rejection()).usingRecursiveComparison().isEqualTo(wrong.rejection());
        }

        @Test
        void needsBothNameAndPassword() {
            Doors.Answer answer = doors.post("/auth/login", null, "{}");

            assertThat(((InvalidInput) answer.rejection()).faults())
                    .extracting(InvalidInput.Fault::pointer)
                    .containsExactly("/username", "/password");
        }
    }

    @Nested
    class Session {

        @Test
        void goesOnWithANewTokenEachTime() {
            register();
            Doors.Answer first = logIn(username, PASSWORD);
            Doors.Answer second = refresh(first.json("$.refreshToken"));
            Doors.Answer third = refresh(second.json("$.refreshToken"));

            assertThat(third.status()).isEqualTo(200);
            assertThat(third.<Object>json("$.user")).isEqualTo(first.json("$.user"));
            assertThat(sessionOf(third)).isEqualTo(sessionOf(first));
            assertThat(third.<String>json("$.refreshToken")).isNotEqualTo(second.json("$.refreshToken"));
        }

        @Test
        void endsWhenATokenComesTwice() {
            register();
            Doors.Answer first = logIn(username, PASSWORD);
            Doors.Answer second = refresh(first.json("$.refreshToken"));
            assertThat(revocation().isLive(sessionOf(first))).isTrue();

            assertThat(refresh(first.json("$.refreshToken")).status()).isEqualTo(401);

            assertThat(revocation().stateOf(sessionOf(first))).isEqualTo(SessionState.ENDED);
            assertThat(refresh(second.json("$.refreshToken")).status()).isEqualTo(401);
        }

        @Test
        void endsWhenATokenComesTwiceAtOnce() {
            register();
            Doors.Answer first = logIn(username, PASSWORD);

            List<Integer> statuses =
                    atOnce(2, i -> refresh(first.json("$.refreshToken")).status());

            assertThat(statuses).containsExactlyInAnyOrder(200, 401);
            assertThat(revocation().stateOf(sessionOf(first))).isEqualTo(SessionState.ENDED);
        }

        @Test
        void endsByLogOut() {
            register();
            Doors.Answer login = logIn(username, PASSWORD);
            String accessToken = login.json("$.accessToken");

            Doors.Answer answer = doors.send(HttpMethod.POST, "/auth/logout", accessToken, null);

            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.headers()).containsKey("Veza-Position");
            assertThat(doors.events()).last().isInstanceOf(SessionEnded.class);
            assertThat(revocation().isLive(sessionOf(login))).isFalse();
            assertThat(refresh(login.json("$.refreshToken")).status()).isEqualTo(401);
            assertThat(doors.send(HttpMethod.POST, "/auth/logout", accessToken, null)
                            .status())
                    .isEqualTo(204);
        }

        @Test
        void endsByTime() {
            register();
            UUID session = sessionOf(logIn(username, PASSWORD));
            var inAMonth = new SessionRevocation(
                    doors.bean(History.class), InstantSource.fixed(Instant.now().plus(Duration.ofDays(30))));

            assertThat(inAMonth.stateOf(session)).isEqualTo(SessionState.EXPIRED);
        }

        @Test
        void thatNeverBeganIsUnknown() {
            assertThat(revocation().stateOf(UUID.randomUUID())).isEqualTo(SessionState.UNKNOWN);
        }

        @Test
        void isNotGoneOnWithByRubbish() {
            assertThat(refresh("rubbish").status()).isEqualTo(401);
            assertThat(refresh("A".repeat(64)).status()).isEqualTo(401);
        }

        private UUID sessionOf(Doors.Answer answer) {
            return UUID.fromString(doors.decode(answer.json("$.accessToken")).getClaimAsString("sid"));
        }

        private SessionRevocation revocation() {
            return doors.bean(SessionRevocation.class);
        }
    }

    @Test
    void anErasureIsCertifiedBelowThePublicAddress() {
        register();
        String token = logIn(username, PASSWORD).json("$.accessToken");

        Doors.Answer gone = doors.send(HttpMethod.DELETE, "/api/me", token, null);

        assertThat(gone.status()).isEqualTo(202);
        assertThat(gone.<String>json("$.certificateUrl")).startsWith("https://veza.example/base/api/erasures/");
    }

    @Test
    void theKeysArePublished() {
        Doors.Answer answer = doors.send(HttpMethod.GET, "/.well-known/jwks.json", null, null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.<List<Map<String, Object>>>json("$.keys"))
                .singleElement()
                .satisfies(key -> assertThat(key)
                        .containsEntry("kty", "RSA")
                        .containsEntry("alg", "RS256")
                        .containsEntry("use", "sig")
                        .containsKeys("kid", "n", "e")
                        .doesNotContainKeys("d", "p", "q"));
    }

    @Test
    void nobodyLogsOutWithoutAToken() {
        assertThat(doors.send(HttpMethod.POST, "/auth/logout", null, null).status())
                .isEqualTo(401);
    }
}
