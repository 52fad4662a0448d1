package app.veza.command.chat.changeroom;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.event.chat.DirectRoomOpened;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.RoomChanged;
import app.veza.event.chat.RoomClosed;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChangeRoomTest {

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

    private final Scenario<ChangeRoom, ChangeRoomHandler.State> scenario = Scenario.of(new ChangeRoomHandler());

    @Test
    void getsAnotherNameAndKeepsItsTopic() {
        scenario.given(publicRoom, ownerIn)
                .when(new ChangeRoom(room, owner, "Bar", null))
                .then(new RoomChanged(room, owner, "Bar", "Talk"));
    }

    @Test
    void losesItsTopicAndKeepsTheNameItWasGivenLast() {
        scenario.given(publicRoom, modIn, new RoomChanged(room, owner, "Bar", "Drinks"))
                .when(new ChangeRoom(room, mod, null, ""))
                .then(new RoomChanged(room, mod, "Bar", null));
    }

    @Test
    void staysAsItIs() {
        scenario.given(publicRoom, ownerIn)
                .when(new ChangeRoom(room, owner, "Lounge", "Talk"))
                .thenNothing();
    }

    @Test
    void isChangedByThoseWhoLookAfterItOnly() {
        scenario.given(publicRoom, annIn)
                .when(new ChangeRoom(room, ann, "Mine", null))
                .thenRejected(FORBIDDEN, "forbidden");
        scenario.given(publicRoom)
                .when(new ChangeRoom(room, outsider, "Mine", null))
                .thenRejected(FORBIDDEN, "not-a-member");
        scenario.given(privateRoom)
                .when(new ChangeRoom(room, outsider, "Mine", null))
                .thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void isNotChangedAfterItsEnd() {
        scenario.given(publicRoom, ownerIn, new RoomClosed(room, owner))
                .when(new ChangeRoom(room, owner, "Bar", null))
                .thenRejected(CONFLICT, "room-closed");
    }

    @Test
    void hasNoNameWhenItIsDirect() {
        scenario.given(new DirectRoomOpened(room, UUID.randomUUID(), ann, mod), annIn)
                .when(new ChangeRoom(room, ann, "Us", null))
                .thenRejected(CONFLICT, "direct-room");
    }
}
