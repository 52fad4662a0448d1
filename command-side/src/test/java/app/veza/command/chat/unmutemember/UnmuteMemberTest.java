package app.veza.command.chat.unmutemember;

import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.command.chat.Room;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberMuted;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MemberUnmuted;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UnmuteMemberTest {

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

    private final Scenario<UnmuteMember, Room> scenario = Scenario.of(new UnmuteMemberHandler());

    private final UnmuteMember lifted = new UnmuteMember(room, ann, mod);

    @Test
    void speaksAgain() {
        scenario.given(publicRoom, modIn, annIn, new MemberMuted(room, ann, mod, null))
                .when(lifted)
                .then(new MemberUnmuted(room, ann, mod));
    }

    @Test
    void speaksAgainByThePlatformsModeratorsInPublicRooms() {
        var made = new RolesChanged(outsider, List.of(Role.USER, Role.MODERATOR), owner);
        var muted = new MemberMuted(room, ann, mod, null);
        var liftedFromOutside = new UnmuteMember(room, ann, outsider);
        scenario.given(publicRoom, annIn, muted, made)
                .when(liftedFromOutside)
                .then(new MemberUnmuted(room, ann, outsider));
        scenario.given(privateRoom, annIn, muted, made).when(liftedFromOutside).thenRejected(NOT_FOUND, "not-found");
        scenario.given(publicRoom, annIn, muted, new RolesChanged(ann, List.of(Role.USER, Role.MODERATOR), owner))
                .when(new UnmuteMember(room, ann, ann))
                .thenRejected(FORBIDDEN, "forbidden");
    }

    @Test
    void wasNotMuted() {
        scenario.given(publicRoom, modIn, annIn).when(lifted).thenNothing();
    }

    @Test
    void doesNotLiftItThemself() {
        scenario.given(publicRoom, annIn, new MemberMuted(room, ann, mod, null))
                .when(new UnmuteMember(room, ann, ann))
                .thenRejected(FORBIDDEN, "forbidden");
    }
}
