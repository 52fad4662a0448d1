package app.veza.command.chat.joinroom;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Pair;
import app.veza.command.Scenario;
import app.veza.event.chat.DirectRoomOpened;
import app.veza.event.chat.MemberBanned;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MemberRoleChanged;
import app.veza.event.chat.MemberUnbanned;
import app.veza.event.chat.RoomClosed;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import app.veza.event.identity.PersonBlocked;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.PersonUnblocked;
import app.veza.event.identity.PrivilegedRequestMade;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JoinRoomTest {

    private final UUID room = UUID.randomUUID();
    private final UUID owner = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();

    private final RoomCreated publicRoom = new RoomCreated(room, owner, "Lounge", null, Visibility.PUBLIC);
    private final RoomCreated privateRoom = new RoomCreated(room, owner, "Board", null, Visibility.PRIVATE);
    private final MemberJoined ownerIn = new MemberJoined(room, owner, MemberRole.OWNER, owner);
    private final MemberJoined annIn = new MemberJoined(room, ann, MemberRole.MEMBER, ann);
    private final MemberJoined annModerates = new MemberJoined(room, ann, MemberRole.MODERATOR, owner);
    private final PersonRegistered bobExists =
            new PersonRegistered(bob, "Bob", "bob", "Bob", "bob@example.org", "$argon2id$");

    private final Scenario<JoinRoom, JoinRoomHandler.State> scenario = Scenario.of(new JoinRoomHandler());

    @Nested
    class OneJoins {

        private final JoinRoom annJoins = new JoinRoom(room, ann, ann, null);

        @Test
        void aPublicRoom() {
            scenario.given(publicRoom, ownerIn).when(annJoins).then(annIn);
        }

        @Test
        void aPublicRoomAgainAfterLeaving() {
            scenario.given(publicRoom, annIn, new MemberLeft(room, ann, ann))
                    .when(annJoins)
                    .then(annIn);
        }

        @Test
        void aRoomOneIsInWithoutAnythingHappening() {
            scenario.given(publicRoom, annIn).when(annJoins).thenNothing();
        }

        @Test
        void inTheRoleOneHasWithoutAnythingHappening() {
            scenario.given(publicRoom, annModerates)
                    .when(new JoinRoom(room, ann, ann, MemberRole.MODERATOR))
                    .thenNothing();
        }

        @Test
        void notInAHigherRole() {
            scenario.given(publicRoom, ownerIn)
                    .when(new JoinRoom(room, ann, ann, MemberRole.OWNER))
                    .thenRejected(FORBIDDEN, "forbidden");
            scenario.given(publicRoom, annIn)
                    .when(new JoinRoom(room, ann, ann, MemberRole.MODERATOR))
                    .thenRejected(FORBIDDEN, "forbidden");
        }

        @Test
        void notAPrivateRoomWhichLooksAsIfItWereNotThere() {
            scenario.given(privateRoom, ownerIn).when(annJoins).thenRejected(NOT_FOUND, "not-found");
        }

        @Test
        void notAPrivateRoomThatOneLeft() {
            scenario.given(privateRoom, ownerIn, annIn, new MemberLeft(room, ann, ann))
                    .when(annJoins)
                    .thenRejected(NOT_FOUND, "not-found");
        }

        @Test
        void notARoomThatIsNotThere() {
            scenario.given().when(annJoins).thenRejected(NOT_FOUND, "not-found");
        }

        @Test
        void notADifferentRoom() {
            scenario.given(new RoomCreated(UUID.randomUUID(), owner, "Other", null, Visibility.PUBLIC))
                    .when(annJoins)
                    .thenRejected(NOT_FOUND, "not-found");
        }
    }

    private final PrivilegedRequestMade audited = new PrivilegedRequestMade(
            owner,
            "PUT",
            "/api/rooms/{roomId}/members/{userId}",
            "/api/rooms/%s/members/%s".formatted(room, bob),
            204,
            null);

    @Nested
    class OneInvites {

        private JoinRoom invite(UUID by, MemberRole role) {
            return new JoinRoom(room, bob, by, role);
        }

        @Test
        void asOwnerIntoAPrivateRoom() {
            scenario.given(privateRoom, ownerIn, bobExists)
                    .when(new JoinRoom(room, bob, owner, null))
                    .then(new MemberJoined(room, bob, MemberRole.MEMBER, owner));
        }

        @Test
        void asOwnerInAnyRole() {
            scenario.given(privateRoom, ownerIn, bobExists)
                    .when(invite(owner, MemberRole.OWNER))
                    .then(audited, new MemberJoined(room, bob, MemberRole.OWNER, owner));
        }

        @Test
        void asModeratorPlainMembersOnly() {
            scenario.given(publicRoom, annModerates, bobExists)
                    .when(invite(ann, MemberRole.MEMBER))
                    .then(new MemberJoined(room, bob, MemberRole.MEMBER, ann));
            scenario.given(publicRoom, annModerates, bobExists)
                    .when(invite(ann, MemberRole.MODERATOR))
                    .thenRejected(FORBIDDEN, "forbidden");
        }

        @Test
        void notAsPlainMember() {
            scenario.given(publicRoom, annIn, bobExists)
                    .when(invite(ann, MemberRole.MEMBER))
                    .thenRejected(FORBIDDEN, "forbidden");
        }

        @Test
        void notFromOutside() {
            scenario.given(publicRoom, ownerIn, bobExists)
                    .when(invite(ann, MemberRole.MEMBER))
                    .thenRejected(FORBIDDEN, "not-a-member");
            scenario.given(privateRoom, ownerIn, bobExists)
                    .when(invite(ann, MemberRole.MEMBER))
                    .thenRejected(NOT_FOUND, "not-found");
        }

        @Test
        void nobodyWhoDoesNotExist() {
            scenario.given(publicRoom, ownerIn)
                    .when(invite(owner, MemberRole.MEMBER))
                    .thenRejected(NOT_FOUND, "not-found");
        }

        @Test
        void aMemberWithoutAnythingHappening() {
            scenario.given(publicRoom, ownerIn, bobExists, new MemberJoined(room, bob, MemberRole.MODERATOR, owner))
                    .when(new JoinRoom(room, bob, owner, null))
                    .thenNothing();
        }

        @Test
        void nobodyAcrossABlockWhoeverMadeIt() {
            UUID pair = Pair.of(owner, bob);
            var bobBlocks = new PersonBlocked(bob, owner, pair);
            scenario.given(privateRoom, ownerIn, bobExists, bobBlocks)
                    .when(new JoinRoom(room, bob, owner, null))
                    .thenRejected(FORBIDDEN, "blocked");
            scenario.given(publicRoom, ownerIn, bobExists, new PersonBlocked(owner, bob, pair))
                    .when(new JoinRoom(room, bob, owner, null))
                    .thenRejected(FORBIDDEN, "blocked");
            scenario.given(privateRoom, ownerIn, bobExists, bobBlocks, new PersonUnblocked(bob, owner, pair))
                    .when(new JoinRoom(room, bob, owner, null))
                    .then(new MemberJoined(room, bob, MemberRole.MEMBER, owner));
        }

        @Test
        void asWhoIsNotBlockedThemself() {
            scenario.given(privateRoom, annModerates, bobExists, new PersonBlocked(bob, owner, Pair.of(owner, bob)))
                    .when(new JoinRoom(room, bob, ann, null))
                    .then(new MemberJoined(room, bob, MemberRole.MEMBER, ann));
        }

        @Test
        void notWhileTheOtherIsBlocking() {
            var invitation = new JoinRoom(room, bob, owner, null);
            assertThat(scenario.given(privateRoom, ownerIn, bobExists)
                            .isOvertakenBy(new PersonBlocked(bob, owner, Pair.of(bob, owner)), invitation))
                    .isTrue();
        }

        @Test
        void nobodyIntoADirectRoom() {
            scenario.given(
                            new DirectRoomOpened(room, UUID.randomUUID(), owner, ann),
                            new MemberJoined(room, owner, MemberRole.MEMBER, owner),
                            bobExists)
                    .when(invite(owner, MemberRole.MEMBER))
                    .thenRejected(CONFLICT, "direct-room");
        }
    }

    @Nested
    class OneChangesARole {

        private final MemberJoined bobIn = new MemberJoined(room, bob, MemberRole.MEMBER, bob);

        @Test
        void asOwner() {
            scenario.given(publicRoom, ownerIn, bobExists, bobIn)
                    .when(new JoinRoom(room, bob, owner, MemberRole.MODERATOR))
                    .then(audited, new MemberRoleChanged(room, bob, MemberRole.MODERATOR, owner));
        }

        @Test
        void notAsModerator() {
            scenario.given(publicRoom, annModerates, bobExists, bobIn)
                    .when(new JoinRoom(room, bob, ann, MemberRole.MODERATOR))
                    .thenRejected(FORBIDDEN, "forbidden");
        }

        @Test
        void toOnesOwnLoss() {
            scenario.given(publicRoom, annModerates)
                    .when(new JoinRoom(room, ann, ann, MemberRole.MEMBER))
                    .then(new MemberRoleChanged(room, ann, MemberRole.MEMBER, ann));
        }

        @Test
        void notOfTheLastOwner() {
            var steppingDown = new JoinRoom(room, owner, owner, MemberRole.MEMBER);
            scenario.given(publicRoom, ownerIn, bobIn).when(steppingDown).thenRejected(CONFLICT, "last-owner");
            scenario.given(publicRoom, ownerIn, bobIn, new MemberRoleChanged(room, bob, MemberRole.OWNER, owner))
                    .when(steppingDown)
                    .then(new MemberRoleChanged(room, owner, MemberRole.MEMBER, owner));
        }

        @Test
        void notInARoomThatWasClosed() {
            scenario.given(publicRoom, ownerIn, bobExists, bobIn, new RoomClosed(room, owner))
                    .when(new JoinRoom(room, bob, owner, MemberRole.MODERATOR))
                    .thenRejected(CONFLICT, "room-closed");
        }
    }

    @Nested
    class OneWhoIsBanned {

        private final MemberBanned bobBanned = new MemberBanned(room, bob, owner);

        @Test
        void doesNotJoin() {
            scenario.given(publicRoom, ownerIn, bobBanned)
                    .when(new JoinRoom(room, bob, bob, null))
                    .thenRejected(FORBIDDEN, "banned");
        }

        @Test
        void isNotInvited() {
            scenario.given(privateRoom, ownerIn, bobExists, bobBanned)
                    .when(new JoinRoom(room, bob, owner, null))
                    .thenRejected(FORBIDDEN, "banned");
        }

        @Test
        void joinsOnceTheBanIsLifted() {
            scenario.given(publicRoom, ownerIn, bobBanned, new MemberUnbanned(room, bob, owner))
                    .when(new JoinRoom(room, bob, bob, null))
                    .then(new MemberJoined(room, bob, MemberRole.MEMBER, bob));
        }
    }

    @Test
    void nobodyJoinsARoomThatWasClosed() {
        scenario.given(publicRoom, ownerIn, new RoomClosed(room, owner))
                .when(new JoinRoom(room, ann, ann, null))
                .thenRejected(CONFLICT, "room-closed");
    }

    @Test
    void othersWhoJoinDoNotGetInTheWay() {
        var annJoins = new JoinRoom(room, ann, ann, null);
        assertThat(scenario.isOvertakenBy(annIn, annJoins)).isTrue();
        assertThat(scenario.isOvertakenBy(new MemberJoined(room, bob, MemberRole.MEMBER, bob), annJoins))
                .isFalse();
    }
}
