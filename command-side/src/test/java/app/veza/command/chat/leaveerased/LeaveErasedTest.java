package app.veza.command.chat.leaveerased;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.event.VezaEvent;
import app.veza.event.chat.DirectRoomOpened;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MemberRoleChanged;
import app.veza.event.chat.RoomClosed;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import app.veza.event.identity.PersonErased;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LeaveErasedTest {

    private final UUID room = UUID.randomUUID();
    private final UUID owner = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();

    private final RoomCreated created = new RoomCreated(room, owner, "Lounge", null, Visibility.PRIVATE);
    private final MemberJoined ownerIn = new MemberJoined(room, owner, MemberRole.OWNER, owner);
    private final MemberJoined annIn = new MemberJoined(room, ann, MemberRole.MEMBER, ann);
    private final MemberJoined bobIn = new MemberJoined(room, bob, MemberRole.MEMBER, bob);
    private final PersonErased ownerErased = new PersonErased(owner);
    private final MemberLeft ownerOut = new MemberLeft(room, owner, owner);
    private final LeaveErased ownerGoes = new LeaveErased(room, owner);

    private final Scenario<LeaveErased, LeaveErasedHandler.State> scenario = Scenario.of(new LeaveErasedHandler());

    private MemberRoleChanged becomes(UUID person, MemberRole role) {
        return new MemberRoleChanged(room, person, role, owner);
    }

    @Nested
    class TheLastOwner {

        @Test
        void isFollowedByTheModeratorWhoIsInLongest() {
            scenario.given(
                            created,
                            ownerIn,
                            annIn,
                            bobIn,
                            becomes(bob, MemberRole.MODERATOR),
                            new MemberJoined(room, UUID.randomUUID(), MemberRole.MODERATOR, owner),
                            ownerErased)
                    .when(ownerGoes)
                    .then(becomes(bob, MemberRole.OWNER), ownerOut);
        }

        @Test
        void isFollowedByTheMemberWhoIsInLongestWhereNobodyModerates() {
            scenario.given(created, ownerIn, annIn, bobIn, new MemberLeft(room, ann, ann), annIn, ownerErased)
                    .when(ownerGoes)
                    .then(becomes(bob, MemberRole.OWNER), ownerOut);
        }

        @Test
        void closesARoomInWhichNobodyElseIs() {
            scenario.given(created, ownerIn, annIn, new MemberLeft(room, ann, ann), ownerErased)
                    .when(ownerGoes)
                    .then(new RoomClosed(room, owner), ownerOut);
        }

        /** Work that grows with the square of a room's members takes minutes here. */
        @Test
        @Timeout(60)
        void isFollowedInALargeRoomToo() {
            Stream<VezaEvent> joins = IntStream.range(0, 100_000)
                    .mapToObj(i -> new MemberJoined(room, UUID.randomUUID(), MemberRole.MEMBER, owner));
            VezaEvent[] given = Stream.of(Stream.of(created, ownerIn, annIn), joins, Stream.of(ownerErased))
                    .flatMap(Function.identity())
                    .toArray(VezaEvent[]::new);
            scenario.given(given).when(ownerGoes).then(becomes(ann, MemberRole.OWNER), ownerOut);
        }

        @Test
        void leavesAClosedRoomAsItIs() {
            scenario.given(created, ownerIn, annIn, new RoomClosed(room, owner), ownerErased)
                    .when(ownerGoes)
                    .then(ownerOut);
        }

        @Test
        void isDecidedAnewWhenTheHeirGoesMeanwhile() {
            assertThat(scenario.given(created, ownerIn, annIn, bobIn, ownerErased)
                            .isOvertakenBy(new MemberLeft(room, ann, ann), ownerGoes))
                    .isTrue();
        }
    }

    @Test
    void anotherOwnerIsEnough() {
        scenario.given(created, ownerIn, annIn, bobIn, becomes(bob, MemberRole.OWNER), ownerErased)
                .when(ownerGoes)
                .then(ownerOut);
    }

    @Test
    void aMemberJustLeaves() {
        var annGoes = new LeaveErased(room, ann);
        var given = scenario.given(created, ownerIn, annIn, new PersonErased(ann));

        given.when(annGoes).then(new MemberLeft(room, ann, ann));
        assertThat(given.isOvertakenBy(bobIn, annGoes)).isFalse();
    }

    @Test
    void nothingHappensTwiceOrToOneWhoIsNotErasedOrInADirectRoom() {
        scenario.given(created, ownerIn, annIn, ownerErased, becomes(ann, MemberRole.OWNER), ownerOut)
                .when(ownerGoes)
                .thenNothing();
        scenario.given(created, ownerIn, annIn).when(ownerGoes).thenNothing();
        scenario.given(new DirectRoomOpened(room, UUID.randomUUID(), owner, ann), ownerIn, annIn, ownerErased)
                .when(ownerGoes)
                .thenNothing();
    }
}
