package app.veza.command.identity.enroltotp;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.command.identity.secondfactor.Standing;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.TotpConfirmed;
import app.veza.event.identity.TotpEnrolled;
import app.veza.event.identity.TotpRemoved;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EnrolTotpTest {

    private final UUID ann = UUID.randomUUID();
    private final PersonRegistered registered = new PersonRegistered(ann, "Ann", "ann", "Ann", "a@example.org", "hash");
    private final TotpEnrolled enrolled = new TotpEnrolled(ann, "FIRST");
    private final TotpConfirmed confirmed = new TotpConfirmed(ann, 1);
    private final EnrolTotp enrol = new EnrolTotp(ann, "SECOND");
    private final Scenario<EnrolTotp, Standing> scenario = Scenario.of(new EnrolTotpHandler());

    @Test
    void anotherSecretCanBeHadUntilOneCounts() {
        var second = new TotpEnrolled(ann, "SECOND");
        scenario.given(registered).when(enrol).then(second);
        scenario.given(registered, enrolled).when(enrol).then(second);
        scenario.given(registered, enrolled, confirmed).when(enrol).thenRejected(CONFLICT, "totp-on");
        scenario.given(registered, enrolled, confirmed, new TotpRemoved(ann))
                .when(enrol)
                .then(second);
    }

    @Test
    void theSecretIsPrintedNowhere() {
        assertThat(enrol + " " + enrolled).doesNotContain("FIRST").doesNotContain("SECOND");
    }
}
