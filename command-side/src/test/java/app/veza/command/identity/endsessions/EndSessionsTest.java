package app.veza.command.identity.endsessions;

import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.event.Erased;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import app.veza.event.identity.SessionEnded;
import app.veza.event.identity.SessionEnded.Reason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EndSessionsTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID phone = UUID.randomUUID();
    private final UUID laptop = UUID.randomUUID();
    private final Scenario<EndSessions, EndSessionsHandler.State> scenario = Scenario.of(new EndSessionsHandler());

    private LoggedIn begun(UUID session) {
        return begun(session, NOW.plusSeconds(1), "hash");
    }

    private LoggedIn begun(UUID session, Instant expiresAt, String hash) {
        return new LoggedIn(session, ann, "192.0.2.1", null, hash, expiresAt);
    }

    private SessionEnded ended(UUID session, UUID by) {
        return new SessionEnded(session, ann, Reason.REVOKED, by);
    }

    @Test
    void allOthersEnd() {
        var tablet = UUID.randomUUID();
        scenario.given(begun(phone), begun(laptop), begun(tablet), ended(tablet, ann))
                .when(new EndSessions(ann, laptop, ann, NOW))
                .then(ended(phone, ann));
    }

    @Test
    void whatExpiredOrWasErasedNeedNotEnd() {
        scenario.given(begun(phone, NOW, "hash"), begun(laptop, NOW.plusSeconds(1), Erased.TEXT))
                .when(new EndSessions(ann, null, ann, NOW))
                .thenNothing();
    }

    @Test
    void anAdminEndsAll() {
        scenario.given(begun(phone), begun(laptop), new RolesChanged(bob, List.of(Role.USER, Role.ADMIN), null))
                .when(new EndSessions(ann, null, bob, NOW))
                .then(ended(phone, bob), ended(laptop, bob));
    }

    @Test
    void nobodyElseDoes() {
        scenario.given(begun(phone)).when(new EndSessions(ann, null, bob, NOW)).thenRejected(FORBIDDEN, "forbidden");
    }

    @Test
    void aSessionThatBeginsMeanwhileEndsToo() {
        assertThat(scenario.isOvertakenBy(begun(phone), new EndSessions(ann, laptop, ann, NOW)))
                .isTrue();
    }
}
