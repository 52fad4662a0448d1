package app.veza.command.wired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.veza.command.InvalidInput;
import app.veza.event.identity.EmailVerificationRequested;
import app.veza.event.identity.PasswordResetRequested;
import app.veza.event.identity.PersonRegistered;
import app.veza.eventstore.command.CommandIdReusedException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;

/** An account from its opening to its end. */
class AccountDoorsTest extends IdentityDoors {
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

    @Test
    void anErasureIsCertifiedBelowThePublicAddress() {
        register();
        String token = logIn(username, PASSWORD).json("$.accessToken");

        Doors.Answer gone = doors.send(HttpMethod.DELETE, "/api/me", token, null);

        assertThat(gone.status()).isEqualTo(202);
        assertThat(gone.<String>json("$.certificateUrl")).startsWith("https://veza.example/base/api/erasures/");
    }
}
