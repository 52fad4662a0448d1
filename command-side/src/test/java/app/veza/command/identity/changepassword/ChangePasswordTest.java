package app.veza.command.identity.changepassword;

import static app.veza.command.Rejection.Kind.UNAUTHENTICATED;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.command.identity.CredentialsChanged;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.PasswordChanged;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.SessionEnded;
import app.veza.event.identity.SessionEnded.Reason;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChangePasswordTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final UUID ann = UUID.randomUUID();
    private final UUID here = UUID.randomUUID();
    private final UUID elsewhere = UUID.randomUUID();
    private final PersonRegistered registered = new PersonRegistered(ann, "Ann", "ann", "Ann", "a@example.org", "old");
    private final PasswordChanged changed = new PasswordChanged(ann, "new", false);
    private final Scenario<ChangePassword, ChangePasswordHandler.State> scenario =
            Scenario.of(new ChangePasswordHandler());

    private LoggedIn begun(UUID session) {
        return new LoggedIn(session, ann, "192.0.2.1", null, "hash", NOW.plusSeconds(1));
    }

    private ChangePassword change(String checkedHash, boolean matches) {
        return new ChangePassword(ann, here, checkedHash, matches, "new", NOW);
    }

    @Test
    void theOtherSessionsEnd() {
        scenario.given(registered, begun(here), begun(elsewhere))
                .when(change("old", true))
                .then(changed, new SessionEnded(elsewhere, ann, Reason.PASSWORD_CHANGED, ann));
    }

    @Test
    void aWrongPasswordChangesNothing() {
        scenario.given(registered, begun(here), begun(elsewhere))
                .when(change("old", false))
                .thenRejected(UNAUTHENTICATED, "invalid-credentials");
    }

    @Test
    void theOldPasswordIsGoodNoMore() {
        assertThat(scenario.given(registered, changed).when(change("old", true)).thrown())
                .isInstanceOf(CredentialsChanged.class);
        scenario.given(registered, changed).when(change("new", true)).then(changed);
    }
}
