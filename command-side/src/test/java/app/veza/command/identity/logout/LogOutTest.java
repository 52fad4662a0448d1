package app.veza.command.identity.logout;

import app.veza.command.Scenario;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.SessionEnded;
import app.veza.event.identity.SessionEnded.Reason;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LogOutTest {

    private final UUID ann = UUID.randomUUID();
    private final UUID session = UUID.randomUUID();
    private final LoggedIn loggedIn = new LoggedIn(session, ann, "192.0.2.1", null, "hash", Instant.MAX);
    private final SessionEnded ended = new SessionEnded(session, ann, Reason.LOGGED_OUT, ann);
    private final LogOut annLogsOut = new LogOut(session, ann);

    private final Scenario<LogOut, LogOutHandler.State> scenario = Scenario.of(new LogOutHandler());

    @Test
    void aSessionEnds() {
        scenario.given(loggedIn).when(annLogsOut).then(ended);
    }

    @Test
    void aSessionThatEndedStaysSo() {
        scenario.given(loggedIn, ended).when(annLogsOut).thenNothing();
    }

    @Test
    void anothersSessionGoesOn() {
        scenario.given(loggedIn).when(new LogOut(session, UUID.randomUUID())).thenNothing();
    }

    @Test
    void anotherSessionOfTheirsGoesOn() {
        scenario.given(new LoggedIn(UUID.randomUUID(), ann, "192.0.2.1", null, "hash", Instant.MAX))
                .when(annLogsOut)
                .thenNothing();
    }
}
