package app.veza.command.identity.changeprofile;

import static app.veza.command.Rejection.Kind.UNAUTHENTICATED;

import app.veza.command.Scenario;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.ProfileChanged;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChangeProfileTest {

    private final UUID ann = UUID.randomUUID();
    private final PersonRegistered registered = new PersonRegistered(ann, "Ann", "ann", "Ann", "a@example.org", "$h");
    private final ProfileChanged changed = new ProfileChanged(ann, "Annie");
    private final ChangeProfile change = new ChangeProfile(ann, "Annie");
    private final Scenario<ChangeProfile, ChangeProfileHandler.State> scenario =
            Scenario.of(new ChangeProfileHandler());

    @Test
    void aPersonIsCalledOtherwise() {
        scenario.given(registered).when(change).then(changed);
    }

    @Test
    void theSameNameIsNoChange() {
        scenario.given(registered, changed).when(change).thenNothing();
    }

    @Test
    void whoWasErasedHasNoName() {
        scenario.given(registered, new PersonErased(ann)).when(change).thenRejected(UNAUTHENTICATED, "unauthenticated");
    }
}
