package app.veza.command.identity.unblockperson;

import app.veza.command.Pair;
import app.veza.command.Scenario;
import app.veza.event.identity.PersonBlocked;
import app.veza.event.identity.PersonUnblocked;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UnblockPersonTest {

    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID pair = Pair.of(ann, bob);

    private final Scenario<UnblockPerson, UnblockPersonHandler.State> scenario =
            Scenario.of(new UnblockPersonHandler());

    @Test
    void isHeardAgain() {
        scenario.given(new PersonBlocked(ann, bob, pair))
                .when(new UnblockPerson(ann, bob))
                .then(new PersonUnblocked(ann, bob, pair));
    }

    @Test
    void onlyByWhoBlocked() {
        scenario.given(new PersonBlocked(bob, ann, pair))
                .when(new UnblockPerson(ann, bob))
                .thenNothing();
    }
}
