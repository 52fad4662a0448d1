package app.veza.command.chat.unbanmember;

import static app.veza.command.Rejection.Kind.FORBIDDEN;

import app.veza.command.Scenario;
import app.veza.command.chat.Room;
import app.veza.event.chat.MemberBanned;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MemberUnbanned;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UnbanMemberTest {

    private final UUID room = UUID.randomUUID();
    private final UUID owner = UUID.randomUUID();
    private final UUID mod = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID outsider = UUID.randomUUID();

    private final RoomCreated publicRoom = new RoomCreated(room, owner, "Lounge", "Talk", Visibility.PUBLIC);
    private final RoomCreated privateRoom = new RoomCreated(room, owner, "Board", null, Visibility.PRIVATE);
    private final MemberJoined ownerIn = new MemberJoined(room, owner, MemberRole.OWNER, owner);
    private final MemberJoined modIn = new MemberJoined(room, mod, MemberRole.MODERATOR, owner);
    private final MemberJoined annIn = new MemberJoined(room, ann, MemberRole.MEMBER, ann);

    private final Scenario<UnbanMember, Room> scenario = Scenario.of(new UnbanMemberHandler());

    private final UnbanMember lifted = new UnbanMember(room, ann, mod);

    @Test
    void mayEnterAgain() {
        scenario.given(publicRoom, modIn, new MemberBanned(room, ann, owner))
                .when(lifted)
                .then(new MemberUnbanned(room, ann, mod));
    }

    @Test
    void wasNotBanned() {
        scenario.given(publicRoom, modIn, annIn).when(lifted).thenNothing();
    }

    @Test
    void isNotLetInByThemself() {
        scenario.given(
                        publicRoom,
                        new RolesChanged(outsider, List.of(Role.USER, Role.MODERATOR), owner),
                        new MemberBanned(room, outsider, owner))
                .when(new UnbanMember(room, outsider, outsider))
                .thenRejected(FORBIDDEN, "forbidden");
    }

    @Test
    void isLetInByThePlatformsModeratorsInPublicRooms() {
        var made = new RolesChanged(outsider, List.of(Role.USER, Role.MODERATOR), owner);
        scenario.given(publicRoom, made, new MemberBanned(room, ann, owner))
                .when(new UnbanMember(room, ann, outsider))
                .then(new MemberUnbanned(room, ann, outsider));
    }

    @Test
    void isLetInByThoseWhoLookAfterTheRoomOnly() {
        scenario.given(publicRoom, annIn, new MemberBanned(room, outsider, owner))
                .when(new UnbanMember(room, outsider, ann))
                .thenRejected(FORBIDDEN, "forbidden");
    }
}
