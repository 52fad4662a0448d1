package app.veza.command.identity.eraseperson;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.UNAUTHENTICATED;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import app.veza.event.identity.SessionEnded;
import app.veza.event.identity.SessionEnded.Reason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ErasePersonTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID session = UUID.randomUUID();
    private final LoggedIn loggedIn = new LoggedIn(session, ann, "192.0.2.1", null, "hash", NOW.plusSeconds(1));
    private final SessionEnded ended = new SessionEnded(session, ann, Reason.PERSON_ERASED, ann);
    private final RolesChanged annIsAdmin = new RolesChanged(ann, List.of(Role.USER, Role.ADMIN), null);
    private final RolesChanged bobIsAdmin = new RolesChanged(bob, List.of(Role.USER, Role.ADMIN), ann);
    private final ErasePerson annGoes = new ErasePerson(ann, NOW);
    private final Scenario<ErasePerson, ErasePersonHandler.State> scenario = Scenario.of(new ErasePersonHandler());

    @Test
    void sessionsEndAndTheErasureIsTheLastWord() {
        scenario.given(loggedIn, bobIsAdmin).when(annGoes).then(ended, new PersonErased(ann));
    }

    @Test
    void whoGoesHasNoRolesLeft() {
        scenario.given(annIsAdmin, bobIsAdmin)
                .when(annGoes)
                .then(new RolesChanged(ann, List.of(Role.USER), ann), new PersonErased(ann));
    }

    @Test
    void theLastAdminStaysUntilThereIsAnother() {
        scenario.given(loggedIn, annIsAdmin).when(annGoes).thenRejected(CONFLICT, "last-admin");
        assertThat(scenario.isOvertakenBy(new RolesChanged(bob, List.of(Role.USER), ann), annGoes))
                .isTrue();
    }

    @Test
    void nobodyGoesTwice() {
        scenario.given(new PersonErased(ann)).when(annGoes).thenRejected(UNAUTHENTICATED, "unauthenticated");
    }
}
