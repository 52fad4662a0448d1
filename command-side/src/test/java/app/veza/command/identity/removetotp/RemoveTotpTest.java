package app.veza.command.identity.removetotp;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.UNAUTHENTICATED;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.command.identity.CredentialsChanged;
import app.veza.command.identity.secondfactor.Proof;
import app.veza.command.identity.secondfactor.Standing;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PasswordChanged;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.TotpConfirmed;
import app.veza.event.identity.TotpEnrolled;
import app.veza.event.identity.TotpRemoved;
import app.veza.event.identity.TotpUsed;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Secret and code are those of RFC 6238, appendix B. */
class RemoveTotpTest {

    private final UUID ann = UUID.randomUUID();
    private final PersonRegistered registered = new PersonRegistered(ann, "Ann", "ann", "Ann", "a@example.org", "hash");
    private final VezaEvent[] on = {
        registered, new TotpEnrolled(ann, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), new TotpConfirmed(ann, 0)
    };
    private final Scenario<RemoveTotp, Standing> scenario = Scenario.of(new RemoveTotpHandler());

    private RemoveTotp remove(Proof proof) {
        return new RemoveTotp(ann, proof, Instant.ofEpochSecond(59));
    }

    private RemoveTotp byCode(String code) {
        return remove(new Proof(code, "hash", false));
    }

    private RemoveTotp byPassword(String checkedHash, boolean matches) {
        return remove(new Proof(null, checkedHash, matches));
    }

    @Test
    void aCodeOrThePasswordRemovesIt() {
        scenario.given(on).when(byCode("287082")).then(new TotpUsed(ann, 1), new TotpRemoved(ann));
        scenario.given(on).when(byPassword("hash", true)).then(new TotpRemoved(ann));
    }

    @Test
    void aWrongOneRemovesNothing() {
        scenario.given(on).when(byCode("287083")).thenRejected(UNAUTHENTICATED, "invalid-totp");
        scenario.given(on).when(byPassword("hash", false)).thenRejected(UNAUTHENTICATED, "invalid-credentials");
        // A password that was right beside a code does not make up for the code
        scenario.given(on)
                .when(remove(new Proof("287083", "hash", true)))
                .thenRejected(UNAUTHENTICATED, "invalid-totp");
    }

    @Test
    void aCodeThatWasUsedIsWrong() {
        scenario.given(on[0], on[1], on[2], new TotpUsed(ann, 1))
                .when(byCode("287082"))
                .thenRejected(UNAUTHENTICATED, "invalid-totp");
        assertThat(scenario.given(on).isOvertakenBy(new TotpUsed(ann, 1), byCode("287082")))
                .isTrue();
    }

    @Test
    void aFormerPasswordCountsNoMore() {
        var changed = new PasswordChanged(ann, "other", false);
        assertThat(scenario.given(on[0], on[1], on[2], changed)
                        .when(byPassword("hash", true))
                        .thrown())
                .isInstanceOf(CredentialsChanged.class);
    }

    @Test
    void thereMustBeOne() {
        scenario.given(registered).when(byPassword("hash", true)).thenRejected(CONFLICT, "totp-off");
    }
}
