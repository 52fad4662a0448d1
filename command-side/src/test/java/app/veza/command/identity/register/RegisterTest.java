package app.veza.command.identity.register;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.event.Erased;
import app.veza.event.identity.PersonRegistered;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RegisterTest {

    private final UUID ann = UUID.randomUUID();
    private final Register annRegisters = new Register(ann, "Ann", "ann", "Ann A.", "ann@example.org", "$argon2id$a");
    private final PersonRegistered annRegistered =
            new PersonRegistered(ann, "Ann", "ann", "Ann A.", "ann@example.org", "$argon2id$a");

    private final Scenario<Register, RegisterHandler.Username> scenario = Scenario.of(new RegisterHandler());

    @Test
    void anAccountOpens() {
        scenario.given().when(annRegisters).then(annRegistered);
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
                .then(annRegistered);
    }

    @Test
    void aTakenAddressIsNotTold() {
        scenario.given(new PersonRegistered(UUID.randomUUID(), "Bob", "bob", "Bob", "ann@example.org", "$argon2id$b"))
                .when(annRegisters)
                .then(annRegistered);
    }

    @Test
    void theCommandKeepsItsSecretsWhenPrinted() {
        assertThat(annRegisters.toString()).contains(ann.toString()).doesNotContain("Ann", "example.org", "argon2");
    }
}
