package app.veza.command.chat.createroom;

import app.veza.command.Scenario;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CreateRoomTest {

    @Test
    void aRoomOpensWithItsCreatorAsOwner() {
        UUID room = UUID.randomUUID();
        UUID ann = UUID.randomUUID();

        Scenario.of(new CreateRoomHandler())
                .when(new CreateRoom(room, ann, "Lounge", "Anything", Visibility.PRIVATE))
                .then(
                        new RoomCreated(room, ann, "Lounge", "Anything", Visibility.PRIVATE),
                        new MemberJoined(room, ann, MemberRole.OWNER, ann));
    }
}
