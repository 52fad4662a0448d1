package app.veza.command.chat.closeroom;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.command.chat.Room;
import app.veza.event.chat.DirectRoomOpened;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.RoomClosed;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CloseRoomTest {

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

    private final Scenario<CloseRoom, Room> scenario = Scenario.of(new CloseRoomHandler());

    @Test
    void endsByItsOwner() {
        scenario.given(publicRoom, ownerIn).when(new CloseRoom(room, owner)).then(new RoomClosed(room, owner));
    }

    @Test
    void endsOnce() {
        scenario.given(publicRoom, ownerIn, new RoomClosed(room, owner))
                .when(new CloseRoom(room, owner))
                .thenNothing();
    }

    @Test
    void endsByNobodyElse() {
        scenario.given(publicRoom, modIn).when(new CloseRoom(room, mod)).thenRejected(FORBIDDEN, "forbidden");
        scenario.given(privateRoom).when(new CloseRoom(room, outsider)).thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void doesNotEndWhenItIsDirect() {
        scenario.given(new DirectRoomOpened(room, UUID.randomUUID(), ann, mod), annIn)
                .when(new CloseRoom(room, ann))
                .thenRejected(CONFLICT, "direct-room");
    }
}
