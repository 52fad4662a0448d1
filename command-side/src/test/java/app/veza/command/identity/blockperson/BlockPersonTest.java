package app.veza.command.identity.blockperson;

import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Pair;
import app.veza.command.Scenario;
import app.veza.event.identity.PersonBlocked;
import app.veza.event.identity.PersonRegistered;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BlockPersonTest {

    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID pair = Pair.of(ann, bob);

    private final Scenario<BlockPerson, BlockPersonHandler.State> scenario = Scenario.of(new BlockPersonHandler());

    private final PersonRegistered bobExists =
            new PersonRegistered(bob, "Bob", "bob", "Bob", "bob@example.org", "$argon2id$");

    @Test
    void isHeardNoMore() {
        scenario.given(bobExists).when(new BlockPerson(ann, bob)).then(new PersonBlocked(ann, bob, pair));
    }

    @Test
    void isBlockedOnceByEach() {
        scenario.given(bobExists, new PersonBlocked(ann, bob, pair))
                .when(new BlockPerson(ann, bob))
                .thenNothing();
        scenario.given(bobExists, new PersonBlocked(bob, ann, pair))
                .when(new BlockPerson(ann, bob))
                .then(new PersonBlocked(ann, bob, pair));
    }

    @Test
    void isAnotherWhoIsThere() {
        scenario.given().when(new BlockPerson(ann, bob)).thenRejected(NOT_FOUND, "not-found");
        scenario.given(bobExists).when(new BlockPerson(bob, bob)).thenRejected(FORBIDDEN, "forbidden");
    }
}
