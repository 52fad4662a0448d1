package app.veza.command.identity.verifyemail;

import static app.veza.command.Rejection.Kind.INVALID;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.event.Erased;
import app.veza.event.identity.EmailVerificationRequested;
import app.veza.event.identity.EmailVerified;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VerifyEmailTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID request = UUID.randomUUID();
    private final VerifyEmail annVerifies = new VerifyEmail(ann, request, "a@example.org", NOW);
    private final Scenario<VerifyEmail, VerifyEmailHandler.State> scenario = Scenario.of(new VerifyEmailHandler());

    private EmailVerificationRequested asked(Instant expiresAt) {
        return new EmailVerificationRequested(ann, request, "A@example.org", "a@example.org", expiresAt);
    }

    private EmailVerified by(UUID person) {
        return new EmailVerified(person, "A@example.org", "a@example.org");
    }

    @Test
    void anAddressIsClaimedByProof() {
        scenario.given(asked(NOW.plusSeconds(1))).when(annVerifies).then(by(ann));
    }

    @Test
    void theSameMailAgainChangesNothing() {
        scenario.given(asked(NOW), by(ann)).when(annVerifies).thenNothing();
    }

    @Test
    void anothersAddressCannotBeClaimed() {
        scenario.given(asked(NOW.plusSeconds(1)), by(bob)).when(annVerifies).thenRejected(INVALID, "invalid");
        assertThat(scenario.isOvertakenBy(by(bob), annVerifies)).isTrue();
    }

    @Test
    void whoWasErasedClaimsNothing() {
        scenario.given(asked(NOW.plusSeconds(1)), new EmailVerified(bob, Erased.TEXT, Erased.TEXT))
                .when(annVerifies)
                .then(by(ann));
    }

    @Test
    void aMailThatIsTooOldOrWasNeverSentProvesNothing() {
        scenario.given(asked(NOW)).when(annVerifies).thenRejected(INVALID, "invalid");
        scenario.given().when(annVerifies).thenRejected(INVALID, "invalid");
    }
}
