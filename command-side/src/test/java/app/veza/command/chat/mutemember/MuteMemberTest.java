package app.veza.command.chat.mutemember;

import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.command.chat.Room;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberMuted;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MuteMemberTest {

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

    private final Scenario<MuteMember, Room> scenario = Scenario.of(new MuteMemberHandler());

    private final Instant until = Instant.parse("2026-12-31T23:59:59Z");

    @Test
    void isMutedUntilATimeOrForGood() {
        scenario.given(publicRoom, ownerIn, modIn)
                .when(new MuteMember(room, mod, owner, until))
                .then(new MemberMuted(room, mod, owner, until));
        scenario.given(publicRoom, modIn, annIn)
                .when(new MuteMember(room, ann, mod, null))
                .then(new MemberMuted(room, ann, mod, null));
    }

    @Test
    void isMutedLongerButNotTwiceTheSame() {
        var muted = new MemberMuted(room, ann, mod, until);
        scenario.given(publicRoom, modIn, annIn, muted)
                .when(new MuteMember(room, ann, mod, until))
                .thenNothing();
        scenario.given(publicRoom, modIn, annIn, muted)
                .when(new MuteMember(room, ann, mod, null))
                .then(new MemberMuted(room, ann, mod, null));
    }

    @Test
    void isNotMutedByItsLikeOrByWhoIsLess() {
        scenario.given(publicRoom, modIn, ownerIn)
                .when(new MuteMember(room, owner, mod, null))
                .thenRejected(FORBIDDEN, "forbidden");
        scenario.given(publicRoom, modIn)
                .when(new MuteMember(room, mod, mod, null))
                .thenRejected(FORBIDDEN, "forbidden");
        scenario.given(publicRoom, modIn, annIn)
                .when(new MuteMember(room, mod, ann, null))
                .thenRejected(FORBIDDEN, "forbidden");
    }

    @Test
    void maySufferItByThePlatformsModeratorsInPublicRooms() {
        var made = new RolesChanged(outsider, List.of(Role.USER, Role.MODERATOR), owner);
        scenario.given(publicRoom, modIn, made)
                .when(new MuteMember(room, mod, outsider, null))
                .then(new MemberMuted(room, mod, outsider, null));
        scenario.given(publicRoom, ownerIn, made)
                .when(new MuteMember(room, owner, outsider, null))
                .thenRejected(FORBIDDEN, "forbidden");
        scenario.given(privateRoom, annIn, made)
                .when(new MuteMember(room, ann, outsider, null))
                .thenRejected(NOT_FOUND, "not-found");
        scenario.given(publicRoom, annIn, made, new RolesChanged(outsider, List.of(Role.USER), owner))
                .when(new MuteMember(room, ann, outsider, null))
                .thenRejected(FORBIDDEN, "not-a-member");
    }

    @Test
    void isInTheRoom() {
        scenario.given(publicRoom, modIn)
                .when(new MuteMember(room, outsider, mod, null))
                .thenRejected(NOT_FOUND, "not-found");
    }
}
