package app.veza.command.chat.sendmessage;

import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.INVALID;
import static app.veza.command.Rejection.Kind.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SendMessageTest {

    private final UUID room = UUID.randomUUID();
    private final UUID owner = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID message = UUID.randomUUID();

    private final RoomCreated publicRoom = new RoomCreated(room, owner, "Lounge", null, Visibility.PUBLIC);
    private final RoomCreated privateRoom = new RoomCreated(room, owner, "Board", null, Visibility.PRIVATE);
    private final MemberJoined ownerIn = new MemberJoined(room, owner, MemberRole.OWNER, owner);
    private final MemberJoined annIn = new MemberJoined(room, ann, MemberRole.MEMBER, ann);
    private final MemberLeft annOut = new MemberLeft(room, ann, ann);
    private final SendMessage hello = new SendMessage(room, message, ann, "Hello", null, "c1");
    private final MessageSent sent = new MessageSent(room, message, ann, "Hello", 5, null, "c1", List.of(), List.of());

    private final Scenario<SendMessage, SendMessageHandler.State> scenario = Scenario.of(new SendMessageHandler());

    @Nested
    class AMember {

        @Test
        void speaks() {
            scenario.given(publicRoom, ownerIn, annIn).when(hello).then(sent);
        }

        @Test
        void speaksAfterComingBack() {
            scenario.given(publicRoom, annIn, annOut, annIn).when(hello).then(sent);
        }

        @Test
        void repliesToAMessageOfTheRoom() {
            UUID earlier = UUID.randomUUID();
            scenario.given(
                            publicRoom,
                            annIn,
                            new MessageSent(
                                    room, earlier, owner, "Who is there?", 13, null, null, List.of(), List.of()))
                    .when(new SendMessage(room, message, ann, "I", earlier, null))
                    .then(new MessageSent(room, message, ann, "I", 1, earlier, null, List.of(), List.of()));
        }

        @Test
        void doesNotReplyToAMessageOfAnotherRoom() {
            UUID elsewhere = UUID.randomUUID();
            scenario.given(
                            publicRoom,
                            annIn,
                            new MessageSent(
                                    UUID.randomUUID(),
                                    elsewhere,
                                    owner,
                                    "Elsewhere",
                                    9,
                                    null,
                                    null,
                                    List.of(),
                                    List.of()))
                    .when(new SendMessage(room, message, ann, "I", elsewhere, null))
                    .thenRejected(INVALID, "invalid");
        }

        @Test
        void doesNotReplyToNothing() {
            scenario.given(
                            publicRoom,
                            annIn,
                            new MessageSent(
                                    room, UUID.randomUUID(), owner, "Other", 5, null, null, List.of(), List.of()))
                    .when(new SendMessage(room, message, ann, "I", UUID.randomUUID(), null))
                    .thenRejected(INVALID, "invalid");
        }
    }

    @Nested
    class AnOutsider {

        @Test
        void isToldToJoinAPublicRoom() {
            scenario.given(publicRoom, ownerIn).when(hello).thenRejected(FORBIDDEN, "not-a-member");
        }

        @Test
        void isToldSoAfterLeaving() {
            scenario.given(publicRoom, annIn, annOut).when(hello).thenRejected(FORBIDDEN, "not-a-member");
        }

        @Test
        void learnsNothingOfAPrivateRoom() {
            scenario.given(privateRoom, ownerIn).when(hello).thenRejected(NOT_FOUND, "not-found");
            scenario.given(privateRoom, annIn, annOut).when(hello).thenRejected(NOT_FOUND, "not-found");
        }

        @Test
        void findsNoRoomWhereThereIsNone() {
            scenario.given().when(hello).thenRejected(NOT_FOUND, "not-found");
        }
    }

    @Test
    void sendersOfARoomNeverGetIntoEachOthersWay() {
        assertThat(scenario.isOvertakenBy(sent, hello)).isFalse();
        assertThat(scenario.isOvertakenBy(
                        new MessageSent(room, UUID.randomUUID(), owner, "Hi", 2, null, null, List.of(), List.of()),
                        hello))
                .isFalse();
        assertThat(scenario.isOvertakenBy(annOut, hello)).isTrue();
    }
}
