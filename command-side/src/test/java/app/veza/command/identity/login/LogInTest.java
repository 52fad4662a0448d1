package app.veza.command.identity.login;

import static app.veza.command.Rejection.Kind.UNAUTHENTICATED;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.command.identity.CredentialsChanged;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.PasswordChanged;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.RecoveryCodeUsed;
import app.veza.event.identity.RecoveryCodesIssued;
import app.veza.event.identity.TotpConfirmed;
import app.veza.event.identity.TotpEnrolled;
import app.veza.event.identity.TotpRemoved;
import app.veza.event.identity.TotpUsed;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LogInTest {

    private static final String HASH = "$argon2id$ann";

    /** SHA-256 of abcdefghjkmnpqrs. */
    private static final String RECOVERY_HASH = "VKTFWpAJ6unyfQnOJpPOyqL0T9KZePiBwxSzyI1zB7s";

    private final UUID ann = UUID.randomUUID();
    private final UUID session = UUID.randomUUID();
    private final Instant expiresAt = Instant.parse("2030-01-31T00:00:00Z");
    private final PersonRegistered registered = new PersonRegistered(ann, "Ann", "ann", "Ann", "ann@example.org", HASH);

    private final Scenario<LogIn, LogInHandler.State> scenario = Scenario.of(new LogInHandler());

    private LogIn logIn(@Nullable String checkedHash, boolean matches) {
        return logIn(checkedHash, matches, null);
    }

    private LogIn logIn(@Nullable String checkedHash, boolean matches, @Nullable String code) {
        UUID found = checkedHash == null ? null : ann;
        return new LogIn(
                "ann",
                found,
                checkedHash,
                matches,
                code,
                session,
                "refresh-hash",
                expiresAt,
                "192.0.2.1",
                "curl",
                Instant.ofEpochSecond(59));
    }

    @Nested
    class ThePersonExists {

        @Test
        void theRightPasswordBeginsASession() {
            scenario.given(registered)
                    .when(logIn(HASH, true))
                    .then(new LoggedIn(session, ann, "192.0.2.1", "curl", "refresh-hash", expiresAt));
        }

        @Test
        void aWrongPasswordIsRefusedLikeANameThatNobodyHas() {
            scenario.given(registered).when(logIn(HASH, false)).thenRejected(UNAUTHENTICATED, "invalid-credentials");
        }

        @Test
        void theNewPasswordCountsAndTheOldOneNoMore() {
            var changed = new PasswordChanged(ann, "$argon2id$new", false);
            scenario.given(registered, changed)
                    .when(logIn("$argon2id$new", true))
                    .then(new LoggedIn(session, ann, "192.0.2.1", "curl", "refresh-hash", expiresAt));
            assertThat(scenario.given(registered, changed)
                            .when(logIn(HASH, true))
                            .thrown())
                    .isInstanceOf(CredentialsChanged.class);
            assertThat(scenario.isOvertakenBy(changed, logIn(HASH, true))).isTrue();
        }

        @Test
        void aMatchWithAnotherHashCountsForNothing() {
            assertThat(scenario.given(registered)
                            .when(logIn("$argon2id$old", true))
                            .thrown())
                    .isInstanceOf(CredentialsChanged.class);
        }

        @Test
        void havingBeenMissedWhenTheyWereLookedUpTheyAreLookedUpAgain() {
            assertThat(scenario.given(registered).when(logIn(null, false)).thrown())
                    .isInstanceOf(CredentialsChanged.class);
        }
    }

    /** The secret and the codes are those of RFC 6238, appendix B: step 1 is that of second 59. */
    @Nested
    class ThePersonSignsInWithCodes {

        private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        private final VezaEvent[] history = {
            registered,
            new TotpEnrolled(ann, SECRET),
            new TotpConfirmed(ann, 0),
            new RecoveryCodesIssued(ann, "other-hash " + RECOVERY_HASH, false)
        };
        private final LoggedIn loggedIn = new LoggedIn(session, ann, "192.0.2.1", "curl", "refresh-hash", expiresAt);

        private VezaEvent[] historyAnd(VezaEvent... more) {
            return Stream.concat(Stream.of(history), Stream.of(more)).toArray(VezaEvent[]::new);
        }

        @Test
        void theCodeIsAskedForOfWhoKnowsThePasswordOnly() {
            scenario.given(history).when(logIn(HASH, true)).thenRejected(UNAUTHENTICATED, "totp-required");
            scenario.given(history).when(logIn(HASH, false)).thenRejected(UNAUTHENTICATED, "invalid-credentials");
            scenario.given(history)
                    .when(logIn(HASH, false, "287082"))
                    .thenRejected(UNAUTHENTICATED, "invalid-credentials");
        }

        @Test
        void aGoodCodeIsUsedUp() {
            scenario.given(history).when(logIn(HASH, true, "287 082")).then(new TotpUsed(ann, 1), loggedIn);
            scenario.given(historyAnd(new TotpUsed(ann, 1)))
                    .when(logIn(HASH, true, "287082"))
                    .thenRejected(UNAUTHENTICATED, "invalid-totp");
            assertThat(scenario.given(history).isOvertakenBy(new TotpUsed(ann, 1), logIn(HASH, true, "287082")))
                    .isTrue();
        }

        @Test
        void aWrongCodeIsRefused() {
            for (String wrong : List.of("287083", "", "28708", "94287082", "x".repeat(1000))) {
                scenario.given(history).when(logIn(HASH, true, wrong)).thenRejected(UNAUTHENTICATED, "invalid-totp");
            }
        }

        @Test
        void aRecoveryCodeStandsInOnce() {
            scenario.given(history)
                    .when(logIn(HASH, true, "ABCD efgh-jkmn-pqrs"))
                    .then(new RecoveryCodeUsed(ann, 1, 1), loggedIn);
            scenario.given(historyAnd(new RecoveryCodeUsed(ann, 1, 1)))
                    .when(logIn(HASH, true, "abcd-efgh-jkmn-pqrs"))
                    .thenRejected(UNAUTHENTICATED, "invalid-totp");
            scenario.given(historyAnd(new RecoveryCodesIssued(ann, "others", true)))
                    .when(logIn(HASH, true, "abcd-efgh-jkmn-pqrs"))
                    .thenRejected(UNAUTHENTICATED, "invalid-totp");
        }

        @Test
        void withoutTheSecretThePasswordIsEnoughAgain() {
            scenario.given(historyAnd(new TotpRemoved(ann)))
                    .when(logIn(HASH, true))
                    .then(loggedIn);
            scenario.given(registered, new TotpEnrolled(ann, SECRET))
                    .when(logIn(HASH, true))
                    .then(loggedIn);
        }
    }

    @Nested
    class NobodyHasTheUsername {

        @Test
        void whoWasErasedDoesNotHaveItAnyMore() {
            scenario.given(new PersonRegistered(ann, Erased.TEXT, Erased.TEXT, Erased.TEXT, Erased.TEXT, Erased.TEXT))
                    .when(logIn(null, false))
                    .thenRejected(UNAUTHENTICATED, "invalid-credentials");
        }

        @Test
        void theAnswerIsThatOfAWrongPassword() {
            scenario.given(new PersonRegistered(UUID.randomUUID(), "Bob", "bob", "Bob", "b@example.org", "$argon2id$b"))
                    .when(logIn(null, false))
                    .thenRejected(UNAUTHENTICATED, "invalid-credentials");
        }
    }
}
