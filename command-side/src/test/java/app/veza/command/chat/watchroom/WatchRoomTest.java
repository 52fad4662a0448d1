package app.veza.command.chat.watchroom;

import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Pair;
import app.veza.command.Scenario;
import app.veza.command.chat.Room;
import app.veza.event.chat.DirectRoomOpened;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberMuted;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import app.veza.event.identity.PersonBlocked;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WatchRoomTest {

    private final UUID room = UUID.randomUUID();
    private final UUID owner = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();

    private final RoomCreated publicRoom = new RoomCreated(room, owner, "Lounge", null, Visibility.PUBLIC);
    private final RoomCreated privateRoom = new RoomCreated(room, owner, "Board", null, Visibility.PRIVATE);
    private final MemberJoined annIn = new MemberJoined(room, ann, MemberRole.MEMBER, ann);
    private final MemberLeft annOut = new MemberLeft(room, ann, ann);
    private final WatchRoom watch = new WatchRoom(room, ann, null);

    private final Scenario<WatchRoom, Room> scenario = Scenario.of(new WatchRoomHandler());

    @Test
    void aMemberLooksOnAndLeavesNoTrace() {
        scenario.given(publicRoom, annIn).when(watch).thenNothing();
        scenario.given(privateRoom, annIn, annOut, annIn).when(watch).thenNothing();
    }

    @Test
    void whoMayNotSpeakDoesNotShowThatTheyTypeEither() {
        var type = new WatchRoom(room, ann, Instant.now());
        UUID pair = Pair.of(owner, ann);
        var direct = new DirectRoomOpened(room, pair, owner, ann);

        scenario.given(publicRoom, annIn).when(type).thenNothing();
        scenario.given(publicRoom).when(type).thenRejected(FORBIDDEN, "not-a-member");
        scenario.given(publicRoom, annIn, new MemberMuted(room, ann, owner, null))
                .when(type)
                .thenRejected(FORBIDDEN, "muted");
        scenario.given(direct, annIn, new PersonBlocked(owner, ann, pair))
                .when(type)
                .thenRejected(FORBIDDEN, "blocked");
        scenario.given(direct, annIn, new PersonBlocked(owner, ann, pair))
                .when(watch)
                .thenNothing();
    }

    @Test
    void anOutsiderIsToldToJoinAPublicRoom() {
        scenario.given(publicRoom).when(watch).thenRejected(FORBIDDEN, "not-a-member");
        scenario.given(publicRoom, annIn, annOut).when(watch).thenRejected(FORBIDDEN, "not-a-member");
    }

    @Test
    void anOutsiderLearnsNothingOfAPrivateRoomOrOfNone() {
        scenario.given(privateRoom, annIn, annOut).when(watch).thenRejected(NOT_FOUND, "not-found");
        scenario.given().when(watch).thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void aMemberWhoLeavesMakesItDecidedAgain() {
        assertThat(scenario.isOvertakenBy(annOut, watch)).isTrue();
        assertThat(scenario.isOvertakenBy(new MemberLeft(room, owner, owner), watch))
                .isFalse();
    }
}
