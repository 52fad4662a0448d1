package app.veza.command.wired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.command.History;
import app.veza.command.InvalidInput;
import app.veza.command.identity.session.SessionRevocation;
import app.veza.command.identity.session.SessionRevocation.SessionState;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.LoginFailed;
import app.veza.event.identity.SessionEnded;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.jwt.Jwt;

/** Sessions from log-in to log-out, and the keys that their tokens are signed with. */
class SessionDoorsTest extends IdentityDoors {
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
