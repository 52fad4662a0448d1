package app.veza.command.chat.sendmessage;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.INVALID;
import static app.veza.command.Rejection.Kind.NOT_FOUND;
import static app.veza.command.Rejection.Kind.TOO_MANY;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Ids;
import app.veza.command.Scenario;
import app.veza.command.chat.AttachmentStore;
import app.veza.event.chat.Attachment;
import app.veza.event.chat.AttachmentOffered;
import app.veza.event.chat.DirectRoomOpened;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberMuted;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MemberRoleChanged;
import app.veza.event.chat.MemberUnmuted;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.RoomClosed;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.SlowModeChanged;
import app.veza.event.chat.Visibility;
import app.veza.event.identity.PersonBlocked;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
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
    private final SendMessage hello = new SendMessage(room, message, ann, "Hello", null, List.of(), List.of());
    private final MessageSent sent = new MessageSent(room, message, ann, "Hello", 5, null, List.of(), List.of());

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
                            new MessageSent(room, earlier, owner, "Who is there?", 13, null, List.of(), List.of()))
                    .when(new SendMessage(room, message, ann, "I", earlier, List.of(), List.of()))
                    .then(new MessageSent(room, message, ann, "I", 1, earlier, List.of(), List.of()));
        }

        @Test
        void doesNotReplyToAMessageOfAnotherRoom() {
            UUID elsewhere = UUID.randomUUID();
            scenario.given(
                            publicRoom,
                            annIn,
                            new MessageSent(
                                    UUID.randomUUID(), elsewhere, owner, "Elsewhere", 9, null, List.of(), List.of()))
                    .when(new SendMessage(room, message, ann, "I", elsewhere, List.of(), List.of()))
                    .thenRejected(INVALID, "invalid");
        }

        @Test
        void doesNotReplyToNothing() {
            scenario.given(
                            publicRoom,
                            annIn,
                            new MessageSent(room, UUID.randomUUID(), owner, "Other", 5, null, List.of(), List.of()))
                    .when(new SendMessage(room, message, ann, "I", UUID.randomUUID(), List.of(), List.of()))
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
                        new MessageSent(room, UUID.randomUUID(), owner, "Hi", 2, null, List.of(), List.of()), hello))
                .isFalse();
        assertThat(scenario.isOvertakenBy(annOut, hello)).isTrue();
    }

    @Nested
    class OneWhoIsHeldBack {

        private final Instant now = Instant.parse("2026-12-31T12:00:00Z");

        private SendMessage at(Instant when) {
            return new SendMessage(room, idAt(when), ann, "Hello", null, List.of(), List.of());
        }

        private MessageSent sentAt(Instant when) {
            return new MessageSent(room, idAt(when), ann, "Hello", 5, null, List.of(), List.of());
        }

        /** A UUIDv7 of that millisecond. */
        private UUID idAt(Instant when) {
            return new UUID(when.toEpochMilli() << 16 | 0x7000, 0x8000_0000_0000_0000L);
        }

        @Test
        void isMutedUntilThen() {
            var muted = new MemberMuted(room, ann, owner, now);

            scenario.given(publicRoom, annIn, muted)
                    .when(at(now.minusSeconds(1)))
                    .thenRejected(FORBIDDEN, "muted");
            scenario.given(publicRoom, annIn, muted).when(at(now)).then(sentAt(now));
            scenario.given(publicRoom, annIn, new MemberMuted(room, ann, owner, null))
                    .when(at(now))
                    .thenRejected(FORBIDDEN, "muted");
            scenario.given(publicRoom, annIn, muted, new MemberUnmuted(room, ann, owner))
                    .when(at(now.minusSeconds(1)))
                    .then(sentAt(now.minusSeconds(1)));
        }

        @Test
        void waitsInSlowMode() {
            var slow = new SlowModeChanged(room, owner, 30);

            scenario.given(publicRoom, annIn, slow).when(at(now)).then(sentAt(now));
            scenario.given(publicRoom, annIn, slow, sentAt(now.minusSeconds(29)))
                    .when(at(now))
                    .thenRejected(TOO_MANY, "slow-mode");
            scenario.given(publicRoom, annIn, slow, sentAt(now.minusSeconds(30)))
                    .when(at(now))
                    .then(sentAt(now));
            scenario.given(publicRoom, annIn, slow, sentAt(now.minusSeconds(1)), new SlowModeChanged(room, owner, 0))
                    .when(at(now))
                    .then(sentAt(now));
        }

        @Test
        void waitsOnlyForThemselfAndOnlyAsPlainMember() {
            var slow = new SlowModeChanged(room, owner, 30);
            var others = new MessageSent(room, idAt(now), owner, "Hi", 2, null, List.of(), List.of());

            scenario.given(publicRoom, annIn, slow, others).when(at(now)).then(sentAt(now));
            scenario.given(
                            publicRoom,
                            annIn,
                            new MemberRoleChanged(room, ann, MemberRole.MODERATOR, owner),
                            slow,
                            sentAt(now.minusSeconds(1)))
                    .when(at(now))
                    .then(sentAt(now));
            assertThat(scenario.given(publicRoom, annIn, slow).isOvertakenBy(others, at(now)))
                    .isFalse();
            assertThat(scenario.given(publicRoom, annIn, slow).isOvertakenBy(sentAt(now), at(now)))
                    .isTrue();
            assertThat(scenario.given(publicRoom, annIn).isOvertakenBy(sentAt(now), at(now)))
                    .isFalse();
        }

        @Test
        void isInARoomThatWasClosed() {
            scenario.given(publicRoom, annIn, new RoomClosed(room, owner))
                    .when(hello)
                    .thenRejected(CONFLICT, "room-closed");
        }

        @Test
        void isBlockedOrHasBlockedInADirectRoom() {
            UUID pair = UUID.randomUUID();
            var direct = new DirectRoomOpened(room, pair, owner, ann);

            scenario.given(direct, annIn).when(hello).then(sent);
            scenario.given(direct, annIn, new PersonBlocked(owner, ann, pair))
                    .when(hello)
                    .thenRejected(FORBIDDEN, "blocked");
            scenario.given(direct, annIn, new PersonBlocked(ann, owner, pair))
                    .when(hello)
                    .thenRejected(FORBIDDEN, "blocked");
            scenario.given(publicRoom, annIn, new PersonBlocked(owner, ann, pair))
                    .when(hello)
                    .then(sent);
        }
    }

    @Nested
    class OneWhoAttaches {

        private final UUID file = Ids.next();
        private final UUID message = Ids.next();
        private final AttachmentOffered offered = new AttachmentOffered(file, ann, "image/png", 70);

        private SendMessage with(OptionalLong size) {
            return new SendMessage(
                    room, message, ann, "Look", null, List.of(), List.of(new SendMessage.Upload(file, size)));
        }

        @Test
        void sendsWhatTheyUploaded() {
            scenario.given(publicRoom, annIn, offered)
                    .when(with(OptionalLong.of(70)))
                    .then(new MessageSent(
                            room,
                            message,
                            ann,
                            "Look",
                            4,
                            null,
                            List.of(),
                            List.of(new Attachment(file, "image/png", 70))));
        }

        @Test
        void hasUploadedItWhole() {
            scenario.given(publicRoom, annIn, offered)
                    .when(with(OptionalLong.empty()))
                    .thenRejected(INVALID, "invalid");
            scenario.given(publicRoom, annIn, offered)
                    .when(with(OptionalLong.of(71)))
                    .thenRejected(INVALID, "invalid");
        }

        @Test
        void hasNotWaitedTooLong() {
            UUID old = drawn(Instant.now().minus(AttachmentStore.CLAIM_LIFE).minusSeconds(60));
            UUID young = drawn(Instant.now().minus(AttachmentStore.CLAIM_LIFE).plusSeconds(60));
            for (UUID upload : List.of(old, young)) {
                var whenSent = scenario.given(publicRoom, annIn, new AttachmentOffered(upload, ann, "image/png", 70))
                        .when(new SendMessage(
                                room,
                                message,
                                ann,
                                "Look",
                                null,
                                List.of(),
                                List.of(new SendMessage.Upload(upload, OptionalLong.of(70)))));
                if (upload.equals(old)) {
                    whenSent.thenRejected(INVALID, "invalid");
                } else {
                    whenSent.then(new MessageSent(
                            room,
                            message,
                            ann,
                            "Look",
                            4,
                            null,
                            List.of(),
                            List.of(new Attachment(upload, "image/png", 70))));
                }
            }
        }

        private static UUID drawn(Instant at) {
            return new UUID(at.toEpochMilli() << 16 | 0x7000, Ids.next().getLeastSignificantBits());
        }

        @Test
        void hasUploadedItThemself() {
            scenario.given(publicRoom, annIn, new AttachmentOffered(file, owner, "image/png", 70))
                    .when(with(OptionalLong.of(70)))
                    .thenRejected(INVALID, "invalid");
            scenario.given(publicRoom, annIn).when(with(OptionalLong.of(70))).thenRejected(INVALID, "invalid");
        }
    }
}
