package app.veza.command.identity.register;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.event.Erased;
import app.veza.event.identity.ClaimedEmailReused;
import app.veza.event.identity.EmailVerificationRequested;
import app.veza.event.identity.EmailVerified;
import app.veza.event.identity.PersonRegistered;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RegisterTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID request = UUID.randomUUID();
    private final Register annRegisters = new Register(
            ann, "Ann", "ann", "Ann A.", "Ann@example.org", "ann@example.org", "$argon2id$a", request, NOW);
    private final PersonRegistered annRegistered =
            new PersonRegistered(ann, "Ann", "ann", "Ann A.", "Ann@example.org", "$argon2id$a");
    private final EmailVerificationRequested asked = new EmailVerificationRequested(
            ann, request, "Ann@example.org", "ann@example.org", NOW.plus(Duration.ofDays(1)));

    private final Scenario<Register, RegisterHandler.State> scenario = Scenario.of(new RegisterHandler());

    @Test
    void anAccountOpens() {
        scenario.given().when(annRegisters).then(annRegistered, asked);
    }

    @Test
    void aUsernameIsTakenHoweverItIsWritten() {
        scenario.given(new PersonRegistered(UUID.randomUUID(), "aNN", "ann", "Other", "o@example.org", "$argon2id$o"))
                .when(annRegisters)
                .thenRejected(CONFLICT, "username-taken");
    }

    @Test
    void theNameOfWhoWasErasedIsFree() {
        scenario.given(new PersonRegistered(
                        UUID.randomUUID(), Erased.TEXT, Erased.TEXT, Erased.TEXT, Erased.TEXT, Erased.TEXT))
                .when(annRegisters)
                .then(annRegistered, asked);
    }

    @Test
    void anAddressThatNobodyProvedIsAnybodys() {
        scenario.given(new PersonRegistered(bob, "Bob", "bob", "Bob", "ann@example.org", "$argon2id$b"))
                .when(annRegisters)
                .then(annRegistered, asked);
        scenario.given(new EmailVerified(bob, Erased.TEXT, Erased.TEXT))
                .when(annRegisters)
                .then(annRegistered, asked);
    }

    @Test
    void aTakenAddressIsToldToItsOwnerAlone() {
        var bobs = new EmailVerified(bob, "ANN@example.org", "ann@example.org");
        scenario.given(bobs).when(annRegisters).then(annRegistered, new ClaimedEmailReused(bob));
        assertThat(scenario.isOvertakenBy(bobs, annRegisters)).isTrue();
    }

    @Test
    void theCommandKeepsItsSecretsWhenPrinted() {
        assertThat(annRegisters.toString()).contains(ann.toString()).doesNotContain("Ann", "example.org", "argon2");
    }
}
