package app.veza.command.chat.leaveroom;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.event.chat.DirectRoomOpened;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MemberRoleChanged;
import app.veza.event.chat.RoomClosed;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import app.veza.event.identity.PrivilegedRequestMade;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LeaveRoomTest {

    private final UUID room = UUID.randomUUID();
    private final UUID owner = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();

    private final RoomCreated publicRoom = new RoomCreated(room, owner, "Lounge", null, Visibility.PUBLIC);
    private final RoomCreated privateRoom = new RoomCreated(room, owner, "Board", null, Visibility.PRIVATE);
    private final MemberJoined ownerIn = new MemberJoined(room, owner, MemberRole.OWNER, owner);
    private final MemberJoined annIn = new MemberJoined(room, ann, MemberRole.MEMBER, ann);
    private final MemberJoined annModerates = new MemberJoined(room, ann, MemberRole.MODERATOR, owner);
    private final MemberJoined bobIn = new MemberJoined(room, bob, MemberRole.MEMBER, bob);

    private final Scenario<LeaveRoom, LeaveRoomHandler.State> scenario = Scenario.of(new LeaveRoomHandler());

    @Nested
    class OneLeaves {

        private final LeaveRoom annLeaves = new LeaveRoom(room, ann, ann);

        @Test
        void aRoomOneIsIn() {
            scenario.given(privateRoom, ownerIn, annIn).when(annLeaves).then(new MemberLeft(room, ann, ann));
        }

        @Test
        void notAsTheLastOwner() {
            var ownerLeaves = new LeaveRoom(room, owner, owner);
            scenario.given(publicRoom, ownerIn, annIn).when(ownerLeaves).thenRejected(CONFLICT, "last-owner");
            scenario.given(publicRoom, ownerIn, annIn, new MemberRoleChanged(room, ann, MemberRole.OWNER, owner))
                    .when(ownerLeaves)
                    .then(new MemberLeft(room, owner, owner));
            scenario.given(publicRoom, ownerIn, annIn, new RoomClosed(room, owner))
                    .when(ownerLeaves)
                    .then(new MemberLeft(room, owner, owner));
        }

        @Test
        void notADirectRoom() {
            scenario.given(new DirectRoomOpened(room, UUID.randomUUID(), ann, bob), annIn, bobIn)
                    .when(annLeaves)
                    .thenRejected(CONFLICT, "direct-room");
        }

        @Test
        void withoutLookingAtOthers() {
            assertThat(scenario.given(publicRoom, ownerIn, annIn).isOvertakenBy(bobIn, annLeaves))
                    .isFalse();
            assertThat(scenario.given(publicRoom, ownerIn, annIn)
                            .isOvertakenBy(new MemberLeft(room, ann, owner), new LeaveRoom(room, owner, owner)))
                    .isTrue();
        }

        @Test
        void aPublicRoomOneIsNotInWithoutAnythingHappening() {
            scenario.given(publicRoom, ownerIn).when(annLeaves).thenNothing();
        }

        @Test
        void notAPrivateRoomOneIsNotIn() {
            scenario.given(privateRoom, ownerIn).when(annLeaves).thenRejected(NOT_FOUND, "not-found");
        }

        @Test
        void notARoomThatIsNotThere() {
            scenario.given().when(annLeaves).thenRejected(NOT_FOUND, "not-found");
        }
    }

    @Nested
    class OneRemoves {

        /** In the audit list. */
        private PrivilegedRequestMade trace(UUID by, UUID removed) {
            return new PrivilegedRequestMade(
                    by,
                    "DELETE",
                    "/api/rooms/{roomId}/members/{userId}",
                    "/api/rooms/%s/members/%s".formatted(room, removed),
                    204,
                    null);
        }

        @Test
        void anybodyAsOwner() {
            scenario.given(publicRoom, ownerIn, annModerates)
                    .when(new LeaveRoom(room, ann, owner))
                    .then(trace(owner, ann), new MemberLeft(room, ann, owner));
        }

        @Test
        void plainMembersAsModerator() {
            scenario.given(publicRoom, annModerates, bobIn)
                    .when(new LeaveRoom(room, bob, ann))
                    .then(trace(ann, bob), new MemberLeft(room, bob, ann));
        }

        @Test
        void noOwnersAndModeratorsAsModerator() {
            scenario.given(publicRoom, ownerIn, annModerates)
                    .when(new LeaveRoom(room, owner, ann))
                    .thenRejected(FORBIDDEN, "forbidden");
            scenario.given(publicRoom, annModerates, new MemberJoined(room, bob, MemberRole.MODERATOR, owner))
                    .when(new LeaveRoom(room, bob, ann))
                    .thenRejected(FORBIDDEN, "forbidden");
        }

        @Test
        void nobodyAsPlainMember() {
            scenario.given(publicRoom, annIn, bobIn)
                    .when(new LeaveRoom(room, bob, ann))
                    .thenRejected(FORBIDDEN, "forbidden");
        }

        @Test
        void nobodyFromOutside() {
            scenario.given(publicRoom, bobIn)
                    .when(new LeaveRoom(room, bob, ann))
                    .thenRejected(FORBIDDEN, "not-a-member");
            scenario.given(privateRoom, bobIn)
                    .when(new LeaveRoom(room, bob, ann))
                    .thenRejected(NOT_FOUND, "not-found");
        }

        /** They ban: whom nobody keeps out comes back at once. */
        @Test
        void nobodyAsThePlatformsModeratorFromOutside() {
            scenario.given(publicRoom, bobIn, new RolesChanged(ann, List.of(Role.USER, Role.MODERATOR), owner))
                    .when(new LeaveRoom(room, bob, ann))
                    .thenRejected(FORBIDDEN, "not-a-member");
        }

        @Test
        void whoIsNotThereWithoutAnythingHappening() {
            scenario.given(publicRoom, ownerIn)
                    .when(new LeaveRoom(room, bob, owner))
                    .thenNothing();
        }
    }
}
