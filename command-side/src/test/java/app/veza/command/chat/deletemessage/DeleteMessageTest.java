package app.veza.command.chat.deletemessage;

import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import app.veza.event.identity.PrivilegedRequestMade;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeleteMessageTest {

    private final UUID room = UUID.randomUUID();
    private final UUID owner = UUID.randomUUID();
    private final UUID mod = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID message = UUID.randomUUID();

    private final RoomCreated publicRoom = new RoomCreated(room, owner, "Lounge", null, Visibility.PUBLIC);
    private final RoomCreated privateRoom = new RoomCreated(room, owner, "Board", null, Visibility.PRIVATE);
    private final MemberJoined modIn = new MemberJoined(room, mod, MemberRole.MODERATOR, owner);
    private final MemberJoined annIn = new MemberJoined(room, ann, MemberRole.MEMBER, ann);
    private final MemberJoined bobIn = new MemberJoined(room, bob, MemberRole.MEMBER, bob);
    private final MessageSent sent = new MessageSent(room, message, ann, "Hello", 5, null, List.of(), List.of());

    private final Scenario<DeleteMessage, DeleteMessageHandler.State> scenario =
            Scenario.of(new DeleteMessageHandler());

    @Test
    void isTakenAwayByItsAuthorAndByThoseWhoLookAfterTheRoom() {
        scenario.given(publicRoom, annIn, sent)
                .when(new DeleteMessage(room, message, ann))
                .then(new MessageDeleted(room, message, ann, ann));
        scenario.given(publicRoom, modIn, sent)
                .when(new DeleteMessage(room, message, mod))
                .then(
                        new PrivilegedRequestMade(
                                mod,
                                "DELETE",
                                "/api/rooms/{roomId}/messages/{messageId}",
                                "/api/rooms/" + room + "/messages/" + message,
                                204,
                                null),
                        new MessageDeleted(room, message, ann, mod));
    }

    @Test
    void isNotTakenAwayByOthers() {
        scenario.given(publicRoom, bobIn, sent)
                .when(new DeleteMessage(room, message, bob))
                .thenRejected(FORBIDDEN, "forbidden");
        scenario.given(privateRoom, sent)
                .when(new DeleteMessage(room, message, bob))
                .thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void isTakenAwayByThePlatformsModeratorsInPublicRooms() {
        var made = new RolesChanged(bob, List.of(Role.USER, Role.MODERATOR), owner);
        scenario.given(publicRoom, sent, made)
                .when(new DeleteMessage(room, message, bob))
                .then(
                        new PrivilegedRequestMade(
                                bob,
                                "DELETE",
                                "/api/rooms/{roomId}/messages/{messageId}",
                                "/api/rooms/" + room + "/messages/" + message,
                                204,
                                null),
                        new MessageDeleted(room, message, ann, bob));
        scenario.given(privateRoom, sent, made)
                .when(new DeleteMessage(room, message, bob))
                .thenRejected(NOT_FOUND, "not-found");
        scenario.given(publicRoom, sent, made, new RolesChanged(bob, List.of(Role.USER), owner))
                .when(new DeleteMessage(room, message, bob))
                .thenRejected(FORBIDDEN, "not-a-member");
    }

    @Test
    void isGoneOnce() {
        scenario.given(publicRoom, annIn, sent, new MessageDeleted(room, message, ann, mod))
                .when(new DeleteMessage(room, message, ann))
                .thenNothing();
    }

    @Test
    void isOfThisRoom() {
        scenario.given(publicRoom, modIn)
                .when(new DeleteMessage(room, message, mod))
                .thenRejected(NOT_FOUND, "not-found");
    }
}
