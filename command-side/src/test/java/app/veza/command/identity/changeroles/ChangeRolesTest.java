package app.veza.command.identity.changeroles;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;
import static app.veza.event.identity.Role.ADMIN;
import static app.veza.event.identity.Role.ANALYST;
import static app.veza.event.identity.Role.USER;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.event.Erased;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ChangeRolesTest {

    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final RolesChanged annIsAdmin = new RolesChanged(ann, List.of(USER, ADMIN), null);
    private final RolesChanged bobIsAdmin = new RolesChanged(bob, List.of(USER, ADMIN), ann);
    private final Scenario<ChangeRoles, ChangeRolesHandler.State> scenario = Scenario.of(new ChangeRolesHandler());

    private static PersonRegistered registered(UUID person) {
        return new PersonRegistered(person, "Name", "name", "Name", "name@example.org", "$argon2id$");
    }

    private static ChangeRoles change(UUID by, UUID person, Role... roles) {
        return new ChangeRoles(person, List.of(roles), by);
    }

    @Nested
    class AnAdmin {

        @Test
        void givesRoles() {
            scenario.given(annIsAdmin, registered(bob))
                    .when(change(ann, bob, USER, ANALYST))
                    .then(new RolesChanged(bob, List.of(USER, ANALYST), ann));
        }

        @Test
        void changesNothingByGivingWhatIsThere() {
            scenario.given(annIsAdmin, registered(bob))
                    .when(change(ann, bob, USER))
                    .thenNothing();
        }

        @Test
        void takesAnotherAdminsRole() {
            scenario.given(annIsAdmin, registered(bob), bobIsAdmin)
                    .when(change(ann, bob, USER))
                    .then(new RolesChanged(bob, List.of(USER), ann));
        }

        @Test
        void givesUpTheirOwnOnlyWhenThereIsAnother() {
            scenario.given(registered(ann), annIsAdmin)
                    .when(change(ann, ann, USER))
                    .thenRejected(CONFLICT, "last-admin");
            scenario.given(registered(ann), annIsAdmin, bobIsAdmin)
                    .when(change(ann, ann, USER))
                    .then(new RolesChanged(ann, List.of(USER), ann));
        }

        @Test
        void findsNobodyWhoIsNotThere() {
            scenario.given(annIsAdmin).when(change(ann, bob, ANALYST)).thenRejected(NOT_FOUND, "not-found");
            scenario.given(annIsAdmin, registered(bob), new PersonErased(bob))
                    .when(change(ann, bob, ANALYST))
                    .thenRejected(NOT_FOUND, "not-found");
            scenario.given(
                            annIsAdmin,
                            new PersonRegistered(bob, Erased.TEXT, Erased.TEXT, Erased.TEXT, Erased.TEXT, Erased.TEXT))
                    .when(change(ann, bob, ANALYST))
                    .thenRejected(NOT_FOUND, "not-found");
        }
    }

    @Test
    void nobodyElseDoes() {
        scenario.given(annIsAdmin, registered(bob))
                .when(change(bob, bob, ADMIN))
                .thenRejected(FORBIDDEN, "forbidden");
    }

    /** Both would be right alone; together they would leave nobody. */
    @Test
    void twoAdminsWhoDismissEachOtherDecideOneAfterTheOther() {
        var bobDismissesAnn = new RolesChanged(ann, List.of(USER), bob);
        var annDismissesBob = change(ann, bob, USER);

        assertThat(scenario.isOvertakenBy(bobDismissesAnn, annDismissesBob)).isTrue();
        scenario.given(registered(ann), registered(bob), annIsAdmin, bobIsAdmin, bobDismissesAnn)
                .when(annDismissesBob)
                .thenRejected(FORBIDDEN, "forbidden");
    }
}
