package app.veza.command.chat.editmessage;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberMuted;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.RoomClosed;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EditMessageTest {

    private final UUID room = UUID.randomUUID();
    private final UUID owner = UUID.randomUUID();
    private final UUID mod = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID message = UUID.randomUUID();
    private final Instant now = Instant.parse("2026-12-31T12:00:00Z");

    private final RoomCreated publicRoom = new RoomCreated(room, owner, "Lounge", null, Visibility.PUBLIC);
    private final RoomCreated privateRoom = new RoomCreated(room, owner, "Board", null, Visibility.PRIVATE);
    private final MemberJoined modIn = new MemberJoined(room, mod, MemberRole.MODERATOR, owner);
    private final MemberJoined annIn = new MemberJoined(room, ann, MemberRole.MEMBER, ann);
    private final MemberJoined bobIn = new MemberJoined(room, bob, MemberRole.MEMBER, bob);
    private final MessageSent sent = new MessageSent(room, message, ann, "Hello", 5, null, List.of(), List.of());

    private final Scenario<EditMessage, EditMessageHandler.State> scenario = Scenario.of(new EditMessageHandler());

    private final EditMessage edit = new EditMessage(room, message, ann, now, "Hi @bob", List.of(bob));
    private final MessageEdited edited = new MessageEdited(room, message, ann, "Hi @bob", 7, List.of(bob));

    @Test
    void isSaidDifferentlyByItsAuthor() {
        scenario.given(publicRoom, annIn, sent).when(edit).then(edited);
        scenario.given(publicRoom, annIn, sent, edited)
                .when(new EditMessage(room, message, ann, now, "Hi", List.of()))
                .then(new MessageEdited(room, message, ann, "Hi", 2, List.of()));
    }

    @Test
    void isNotSaidDifferentlyByOthers() {
        scenario.given(publicRoom, annIn, modIn, sent)
                .when(new EditMessage(room, message, mod, now, "Hi", List.of()))
                .thenRejected(FORBIDDEN, "forbidden");
        scenario.given(privateRoom, annIn, sent)
                .when(new EditMessage(room, message, bob, now, "Hi", List.of()))
                .thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void isThereAndStands() {
        scenario.given(publicRoom, annIn).when(edit).thenRejected(NOT_FOUND, "not-found");
        scenario.given(publicRoom, annIn, sent, new MessageDeleted(room, message, ann, ann))
                .when(edit)
                .thenRejected(CONFLICT, "message-deleted");
    }

    @Test
    void isOfOneWhoMaySpeak() {
        scenario.given(publicRoom, annIn, sent, new MemberMuted(room, ann, mod, null))
                .when(edit)
                .thenRejected(FORBIDDEN, "muted");
        scenario.given(publicRoom, annIn, sent, new MemberMuted(room, ann, mod, now))
                .when(edit)
                .then(edited);
        scenario.given(publicRoom, annIn, sent, new RoomClosed(room, owner))
                .when(edit)
                .thenRejected(CONFLICT, "room-closed");
    }

    @Test
    void isNotInTheWayOfOthers() {
        assertThat(scenario.isOvertakenBy(new ReactionAdded(room, message, bob, "👍"), edit))
                .isFalse();
        assertThat(scenario.isOvertakenBy(new MessageDeleted(room, message, ann, mod), edit))
                .isTrue();
    }
}
