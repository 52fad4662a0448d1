package app.veza.command.chat.opendirectroom;

import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.INVALID;
import static app.veza.command.Rejection.Kind.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Pair;
import app.veza.command.Scenario;
import app.veza.event.chat.DirectRoomOpened;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberRole;
import app.veza.event.identity.PersonBlocked;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.PersonUnblocked;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OpenDirectRoomTest {

    private final UUID room = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID pair = Pair.of(ann, bob);
    private final PersonRegistered bobExists =
            new PersonRegistered(bob, "Bob", "bob", "Bob", "bob@example.org", "$argon2id$");
    private final OpenDirectRoom annToBob = new OpenDirectRoom(room, ann, bob);

    private final Scenario<OpenDirectRoom, OpenDirectRoomHandler.State> scenario =
            Scenario.of(new OpenDirectRoomHandler());

    @Test
    void isOpenedWithBothInIt() {
        scenario.given(bobExists)
                .when(annToBob)
                .then(
                        new DirectRoomOpened(room, pair, ann, bob),
                        new MemberJoined(room, ann, MemberRole.MEMBER, ann),
                        new MemberJoined(room, bob, MemberRole.MEMBER, ann));
    }

    @Test
    void isThereOnceWhoeverOpensIt() {
        var opened = new DirectRoomOpened(UUID.randomUUID(), pair, bob, ann);

        scenario.given(bobExists, opened).when(annToBob).thenNothing();
        assertThat(scenario.given(bobExists).isOvertakenBy(opened, annToBob)).isTrue();
        assertThat(Pair.of(ann, bob)).isEqualTo(Pair.of(bob, ann)).isNotEqualTo(Pair.of(ann, UUID.randomUUID()));
    }

    @Test
    void isNotOpenedWhenOneHasBlockedTheOther() {
        scenario.given(bobExists, new PersonBlocked(bob, ann, pair))
                .when(annToBob)
                .thenRejected(FORBIDDEN, "blocked");
        scenario.given(bobExists, new PersonBlocked(ann, bob, pair))
                .when(annToBob)
                .thenRejected(FORBIDDEN, "blocked");
        scenario.given(bobExists, new PersonBlocked(bob, ann, pair), new PersonUnblocked(bob, ann, pair))
                .when(new OpenDirectRoom(room, ann, bob))
                .then(
                        new DirectRoomOpened(room, pair, ann, bob),
                        new MemberJoined(room, ann, MemberRole.MEMBER, ann),
                        new MemberJoined(room, bob, MemberRole.MEMBER, ann));
    }

    @Test
    void needsAnotherWhoIsThere() {
        scenario.given().when(annToBob).thenRejected(NOT_FOUND, "not-found");
        scenario.given(bobExists).when(new OpenDirectRoom(room, bob, bob)).thenRejected(INVALID, "invalid");
    }
}
