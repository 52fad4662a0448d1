package app.veza.command.identity.confirmtotp;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.INVALID;
import static app.veza.command.Rejection.Kind.UNAUTHENTICATED;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.command.identity.secondfactor.Standing;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.RecoveryCodesIssued;
import app.veza.event.identity.TotpConfirmed;
import app.veza.event.identity.TotpEnrolled;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Secret and code are those of RFC 6238, appendix B. */
class ConfirmTotpTest {

    private final UUID ann = UUID.randomUUID();
    private final PersonRegistered registered = new PersonRegistered(ann, "Ann", "ann", "Ann", "a@example.org", "hash");
    private final TotpEnrolled enrolled = new TotpEnrolled(ann, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    private final Scenario<ConfirmTotp, Standing> scenario = Scenario.of(new ConfirmTotpHandler());

    private ConfirmTotp confirm(String code) {
        return new ConfirmTotp(ann, code, "hashes", Instant.ofEpochSecond(59));
    }

    @Test
    void aCodeMakesTheSecretCountAndComesWithRecoveryCodes() {
        scenario.given(registered, enrolled)
                .when(confirm("287082"))
                .then(new TotpConfirmed(ann, 1), new RecoveryCodesIssued(ann, "hashes", false));
    }

    @Test
    void theSecretThatWasGotLastIsMeant() {
        var another = new TotpEnrolled(ann, "A".repeat(32));
        scenario.given(registered, enrolled, another).when(confirm("287082")).thenRejected(INVALID, "invalid");
        assertThat(scenario.given(registered, enrolled).isOvertakenBy(another, confirm("287082")))
                .isTrue();
    }

    @Test
    void aWrongCodeMakesNothingCount() {
        scenario.given(registered, enrolled).when(confirm("287083")).thenRejected(INVALID, "invalid");
    }

    @Test
    void thereIsNothingToConfirmBeforeAndAfter() {
        scenario.given(registered).when(confirm("287082")).thenRejected(CONFLICT, "totp-not-begun");
        scenario.given(registered, enrolled, new TotpConfirmed(ann, 1))
                .when(confirm("287082"))
                .thenRejected(CONFLICT, "totp-on");
        scenario.given(registered, enrolled, new PersonErased(ann))
                .when(confirm("287082"))
                .thenRejected(UNAUTHENTICATED, "unauthenticated");
    }
}
