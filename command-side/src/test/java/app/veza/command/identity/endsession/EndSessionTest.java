package app.veza.command.identity.endsession;

import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.PrivilegedRequestMade;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import app.veza.event.identity.SessionEnded;
import app.veza.event.identity.SessionEnded.Reason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EndSessionTest {

    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID session = UUID.randomUUID();
    private final LoggedIn anns = new LoggedIn(session, ann, "192.0.2.1", null, "hash", Instant.MAX);
    private final RolesChanged bobIsAdmin = new RolesChanged(bob, List.of(Role.USER, Role.ADMIN), null);
    private final Scenario<EndSession, EndSessionHandler.State> scenario = Scenario.of(new EndSessionHandler());

    @Test
    void oneEndsOnesOwn() {
        scenario.given(anns)
                .when(new EndSession(session, ann))
                .then(new SessionEnded(session, ann, Reason.REVOKED, ann));
    }

    @Test
    void anAdminEndsAnothers() {
        scenario.given(anns, bobIsAdmin)
                .when(new EndSession(session, bob))
                .then(
                        new PrivilegedRequestMade(
                                bob, "DELETE", "/auth/sessions/{id}", "/auth/sessions/" + session, 204, null),
                        new SessionEnded(session, ann, Reason.REVOKED, bob));
    }

    @Test
    void forEverybodyElseItDoesNotExist() {
        scenario.given(anns).when(new EndSession(session, bob)).thenRejected(NOT_FOUND, "not-found");
        scenario.given(anns, bobIsAdmin, new RolesChanged(bob, List.of(Role.USER), ann))
                .when(new EndSession(session, bob))
                .thenRejected(NOT_FOUND, "not-found");
        scenario.given(anns).when(new EndSession(UUID.randomUUID(), ann)).thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void whatHasEndedStaysSo() {
        scenario.given(anns, new SessionEnded(session, ann, Reason.LOGGED_OUT, ann))
                .when(new EndSession(session, ann))
                .thenNothing();
    }
}
