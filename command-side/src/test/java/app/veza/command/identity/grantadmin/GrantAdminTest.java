package app.veza.command.identity.grantadmin;

import static app.veza.command.Rejection.Kind.NOT_FOUND;
import static app.veza.event.identity.Role.ADMIN;
import static app.veza.event.identity.Role.ENGINEER;
import static app.veza.event.identity.Role.USER;

import app.veza.command.Scenario;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.RolesChanged;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GrantAdminTest {

    private final UUID ann = UUID.randomUUID();
    private final PersonRegistered registered = new PersonRegistered(ann, "Ann", "ann", "Ann", "a@example.org", "$h");
    private final GrantAdmin grant = new GrantAdmin(ann);
    private final Scenario<GrantAdmin, GrantAdminHandler.State> scenario = Scenario.of(new GrantAdminHandler());

    @Test
    void aPersonBecomesAnAdminBesideWhatTheyAre() {
        scenario.given(registered).when(grant).then(new RolesChanged(ann, List.of(USER, ADMIN), null));
        scenario.given(registered, new RolesChanged(ann, List.of(USER, ENGINEER), UUID.randomUUID()))
                .when(grant)
                .then(new RolesChanged(ann, List.of(USER, ENGINEER, ADMIN), null));
    }

    @Test
    void anAdminStaysOne() {
        scenario.given(registered, new RolesChanged(ann, List.of(USER, ADMIN), null))
                .when(grant)
                .thenNothing();
    }

    @Test
    void whoIsNotThereCannotBecomeOne() {
        scenario.given().when(grant).thenRejected(NOT_FOUND, "not-found");
        scenario.given(registered, new PersonErased(ann)).when(grant).thenRejected(NOT_FOUND, "not-found");
    }
}
