package app.veza.command.chat.removereaction;

import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RemoveReactionTest {

    private final UUID room = UUID.randomUUID();
    private final UUID owner = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID message = UUID.randomUUID();

    private final RoomCreated publicRoom = new RoomCreated(room, owner, "Lounge", null, Visibility.PUBLIC);
    private final MemberJoined annIn = new MemberJoined(room, ann, MemberRole.MEMBER, ann);
    private final MemberJoined bobIn = new MemberJoined(room, bob, MemberRole.MEMBER, bob);
    private final MessageSent sent = new MessageSent(room, message, ann, "Hello", 5, null, List.of(), List.of());

    private final Scenario<RemoveReaction, RemoveReactionHandler.State> scenario =
            Scenario.of(new RemoveReactionHandler());

    private final RemoveReaction back = new RemoveReaction(room, message, bob, "👍");

    @Test
    void isTakenBack() {
        scenario.given(publicRoom, bobIn, sent, new ReactionAdded(room, message, bob, "👍"))
                .when(back)
                .then(new ReactionRemoved(room, message, bob, "👍"));
    }

    @Test
    void wasNotThere() {
        scenario.given(publicRoom, bobIn, sent, new ReactionAdded(room, message, ann, "👍"))
                .when(back)
                .thenNothing();
    }

    @Test
    void isOnAMessageOfARoomThatOneIsIn() {
        scenario.given(publicRoom, bobIn).when(back).thenRejected(NOT_FOUND, "not-found");
        scenario.given(publicRoom, sent).when(back).thenRejected(FORBIDDEN, "not-a-member");
    }
}
