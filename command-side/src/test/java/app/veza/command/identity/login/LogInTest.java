package app.veza.command.identity.login;

import static app.veza.command.Rejection.Kind.UNAUTHENTICATED;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.command.identity.CredentialsChanged;
import app.veza.event.Erased;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.LoginFailed;
import app.veza.event.identity.PasswordChanged;
import app.veza.event.identity.PersonRegistered;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LogInTest {

    private static final String HASH = "$argon2id$ann";

    private final UUID ann = UUID.randomUUID();
    private final UUID session = UUID.randomUUID();
    private final Instant expiresAt = Instant.parse("2030-01-31T00:00:00Z");
    private final PersonRegistered registered = new PersonRegistered(ann, "Ann", "ann", "Ann", "ann@example.org", HASH);

    private final Scenario<LogIn, LogInHandler.State> scenario = Scenario.of(new LogInHandler());

    private LogIn logIn(@Nullable String checkedHash, boolean matches) {
        UUID found = checkedHash == null ? null : ann;
        return new LogIn("ann", found, checkedHash, matches, session, "refresh-hash", expiresAt, "192.0.2.1", "curl");
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
        void aWrongPasswordIsRemembered() {
            scenario.given(registered).when(logIn(HASH, false)).then(new LoginFailed(ann, "192.0.2.1", "curl"));
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
