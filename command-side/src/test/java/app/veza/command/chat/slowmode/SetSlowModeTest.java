package app.veza.command.chat.slowmode;

import static app.veza.command.Rejection.Kind.FORBIDDEN;

import app.veza.command.Scenario;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.SlowModeChanged;
import app.veza.event.chat.Visibility;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SetSlowModeTest {

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

    private final Scenario<SetSlowMode, SetSlowModeHandler.State> scenario = Scenario.of(new SetSlowModeHandler());

    @Test
    void isSetAndTakenBack() {
        scenario.given(publicRoom, modIn).when(new SetSlowMode(room, mod, 30)).then(new SlowModeChanged(room, mod, 30));
        scenario.given(publicRoom, modIn, new SlowModeChanged(room, mod, 30))
                .when(new SetSlowMode(room, mod, 0))
                .then(new SlowModeChanged(room, mod, 0));
    }

    @Test
    void isAsItWas() {
        scenario.given(publicRoom, modIn).when(new SetSlowMode(room, mod, 0)).thenNothing();
    }

    @Test
    void isNotForEverybodyToSet() {
        scenario.given(publicRoom, annIn).when(new SetSlowMode(room, ann, 30)).thenRejected(FORBIDDEN, "forbidden");
    }
}
