package app.veza.command.chat.addreaction;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberMuted;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AddReactionTest {

    private final UUID room = UUID.randomUUID();
    private final UUID owner = UUID.randomUUID();
    private final UUID mod = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID message = UUID.randomUUID();
    private final Instant now = Instant.parse("2026-12-31T12:00:00Z");

    private final RoomCreated publicRoom = new RoomCreated(room, owner, "Lounge", null, Visibility.PUBLIC);
    private final MemberJoined modIn = new MemberJoined(room, mod, MemberRole.MODERATOR, owner);
    private final MemberJoined annIn = new MemberJoined(room, ann, MemberRole.MEMBER, ann);
    private final MemberJoined bobIn = new MemberJoined(room, bob, MemberRole.MEMBER, bob);
    private final MessageSent sent = new MessageSent(room, message, ann, "Hello", 5, null, List.of(), List.of());

    private final Scenario<AddReaction, AddReactionHandler.State> scenario = Scenario.of(new AddReactionHandler());

    private AddReaction add(String emoji, boolean isNew) {
        return new AddReaction(room, message, bob, now, emoji, isNew);
    }

    private VezaEvent[] withDifferent(int count) {
        return Stream.concat(
                        Stream.of(publicRoom, bobIn, sent),
                        IntStream.range(0, count)
                                .mapToObj(i -> new ReactionAdded(room, message, ann, Character.toString(0x1F600 + i))))
                .toArray(VezaEvent[]::new);
    }

    @Test
    void isGivenOnceByEach() {
        scenario.given(publicRoom, bobIn, sent).when(add("👍", true)).then(new ReactionAdded(room, message, bob, "👍"));
        scenario.given(publicRoom, bobIn, sent, new ReactionAdded(room, message, bob, "👍"))
                .when(add("👍", false))
                .thenNothing();
        scenario.given(
                        publicRoom,
                        bobIn,
                        sent,
                        new ReactionAdded(room, message, bob, "👍"),
                        new ReactionRemoved(room, message, bob, "👍"))
                .when(add("👍", true))
                .then(new ReactionAdded(room, message, bob, "👍"));
    }

    @Test
    void isOneOfTwentyDifferentOnes() {
        scenario.given(withDifferent(19)).when(add("👍", true)).then(new ReactionAdded(room, message, bob, "👍"));
        scenario.given(withDifferent(20)).when(add("👍", true)).thenRejected(CONFLICT, "too-many-reactions");
        scenario.given(withDifferent(20)).when(add("😀", false)).then(new ReactionAdded(room, message, bob, "😀"));
    }

    @Test
    void isNotInTheWayOfOthersWhoGiveWhatIsThere() {
        var others = new ReactionAdded(room, message, ann, "👍");

        assertThat(scenario.isOvertakenBy(others, add("👍", false))).isFalse();
        assertThat(scenario.isOvertakenBy(others, add("🎉", true))).isTrue();
    }

    @Test
    void isGivenByThoseWhoMaySpeakAndToWhatStands() {
        scenario.given(publicRoom, sent).when(add("👍", true)).thenRejected(FORBIDDEN, "not-a-member");
        scenario.given(publicRoom, bobIn, sent, new MemberMuted(room, bob, mod, null))
                .when(add("👍", true))
                .thenRejected(FORBIDDEN, "muted");
        scenario.given(publicRoom, bobIn).when(add("👍", true)).thenRejected(NOT_FOUND, "not-found");
        scenario.given(publicRoom, bobIn, sent, new MessageDeleted(room, message, ann, ann))
                .when(add("👍", true))
                .thenRejected(CONFLICT, "message-deleted");
    }
}
