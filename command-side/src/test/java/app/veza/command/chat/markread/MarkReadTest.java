package app.veza.command.chat.markread;

import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MessageRead;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MarkReadTest {

    private final UUID room = UUID.randomUUID();
    private final UUID owner = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID message = UUID.randomUUID();

    private final RoomCreated publicRoom = new RoomCreated(room, owner, "Lounge", null, Visibility.PUBLIC);
    private final RoomCreated privateRoom = new RoomCreated(room, owner, "Board", null, Visibility.PRIVATE);
    private final MemberJoined annIn = new MemberJoined(room, ann, MemberRole.MEMBER, ann);
    private final MemberJoined bobIn = new MemberJoined(room, bob, MemberRole.MEMBER, bob);
    private final MessageSent sent = new MessageSent(room, message, ann, "Hello", 5, null, List.of(), List.of());

    private final Scenario<MarkRead, MarkReadHandler.State> scenario = Scenario.of(new MarkReadHandler());

    private final MarkRead read = new MarkRead(room, bob, message);

    @Test
    void tellsTheMessagesPosition() {
        scenario.given(publicRoom, bobIn, sent).when(read).then(new MessageRead(room, bob, message, 3));
    }

    @Test
    void onlyEverGoesForward() {
        UUID later = UUID.randomUUID();
        var laterSent = new MessageSent(room, later, ann, "And", 3, null, List.of(), List.of());

        scenario.given(publicRoom, bobIn, sent, laterSent, new MessageRead(room, bob, later, 4))
                .when(read)
                .thenNothing();
        scenario.given(publicRoom, bobIn, sent, new MessageRead(room, bob, message, 3))
                .when(read)
                .thenNothing();
        scenario.given(publicRoom, bobIn, sent, laterSent, new MessageRead(room, bob, message, 3))
                .when(new MarkRead(room, bob, later))
                .then(new MessageRead(room, bob, later, 4));
    }

    @Test
    void isOfAMemberAndOfThisRoom() {
        scenario.given(publicRoom, sent).when(read).thenRejected(FORBIDDEN, "not-a-member");
        scenario.given(privateRoom, sent).when(read).thenRejected(NOT_FOUND, "not-found");
        scenario.given(publicRoom, bobIn).when(read).thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void isNotInTheWayOfOtherReaders() {
        assertThat(scenario.isOvertakenBy(new MessageRead(room, ann, message, 3), read))
                .isFalse();
        assertThat(scenario.isOvertakenBy(new MessageRead(room, bob, message, 3), read))
                .isTrue();
    }
}
