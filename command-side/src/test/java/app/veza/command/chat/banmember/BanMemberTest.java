package app.veza.command.chat.banmember;

import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.event.Erased;
import app.veza.event.chat.MemberBanned;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BanMemberTest {

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

    private final Scenario<BanMember, BanMemberHandler.State> scenario = Scenario.of(new BanMemberHandler());

    private static PersonRegistered registered(UUID person) {
        return new PersonRegistered(person, "Name", "name", "Name", "name@example.org", "$argon2id$");
    }

    @Test
    void isOutAndStaysOut() {
        scenario.given(publicRoom, modIn, annIn, registered(ann))
                .when(new BanMember(room, ann, mod))
                .then(new MemberBanned(room, ann, mod), new MemberLeft(room, ann, mod));
    }

    @Test
    void mayBeOutAlready() {
        scenario.given(publicRoom, modIn, registered(outsider))
                .when(new BanMember(room, outsider, mod))
                .then(new MemberBanned(room, outsider, mod));
        scenario.given(publicRoom, modIn, registered(outsider), new MemberBanned(room, outsider, mod))
                .when(new BanMember(room, outsider, mod))
                .thenNothing();
    }

    @Test
    void isNobodyWhoIsAsMuchInTheRoom() {
        scenario.given(publicRoom, modIn, ownerIn, registered(owner))
                .when(new BanMember(room, owner, mod))
                .thenRejected(FORBIDDEN, "forbidden");
        scenario.given(publicRoom, annIn, registered(outsider))
                .when(new BanMember(room, outsider, ann))
                .thenRejected(FORBIDDEN, "forbidden");
    }

    @Test
    void maySufferItByThePlatformsModeratorsInPublicRooms() {
        var made = new RolesChanged(outsider, List.of(Role.USER, Role.MODERATOR), owner);
        scenario.given(publicRoom, modIn, registered(mod), made)
                .when(new BanMember(room, mod, outsider))
                .then(new MemberBanned(room, mod, outsider), new MemberLeft(room, mod, outsider));
        scenario.given(publicRoom, ownerIn, registered(owner), made)
                .when(new BanMember(room, owner, outsider))
                .thenRejected(FORBIDDEN, "forbidden");
        scenario.given(privateRoom, annIn, registered(ann), made)
                .when(new BanMember(room, ann, outsider))
                .thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void isSomebody() {
        scenario.given(publicRoom, modIn)
                .when(new BanMember(room, outsider, mod))
                .thenRejected(NOT_FOUND, "not-found");
        var erased = new PersonRegistered(outsider, Erased.TEXT, Erased.TEXT, Erased.TEXT, Erased.TEXT, Erased.TEXT);
        scenario.given(publicRoom, modIn, erased)
                .when(new BanMember(room, outsider, mod))
                .thenRejected(NOT_FOUND, "not-found");
    }
}
