package app.veza.command.chat.reportmessage;

import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MessageReported;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReportMessageTest {

    private final UUID room = UUID.randomUUID();
    private final UUID owner = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID message = UUID.randomUUID();

    private final RoomCreated publicRoom = new RoomCreated(room, owner, "Lounge", null, Visibility.PUBLIC);
    private final MemberJoined annIn = new MemberJoined(room, ann, MemberRole.MEMBER, ann);
    private final MemberJoined bobIn = new MemberJoined(room, bob, MemberRole.MEMBER, bob);
    private final MessageSent sent = new MessageSent(room, message, ann, "Hello", 5, null, List.of(), List.of());

    private final Scenario<ReportMessage, ReportMessageHandler.State> scenario =
            Scenario.of(new ReportMessageHandler());

    private final ReportMessage report = new ReportMessage(room, message, bob, "Rude");
    private final MessageReported reported = new MessageReported(room, message, bob, ann, "Rude");

    @Test
    void isReportedOnceByEach() {
        scenario.given(publicRoom, bobIn, sent).when(report).then(reported);
        scenario.given(publicRoom, bobIn, sent, reported).when(report).thenNothing();
    }

    @Test
    void isAnothers() {
        scenario.given(publicRoom, annIn, sent)
                .when(new ReportMessage(room, message, ann, null))
                .thenRejected(FORBIDDEN, "forbidden");
    }

    @Test
    void isOfARoomThatOneIsIn() {
        scenario.given(publicRoom, sent).when(report).thenRejected(FORBIDDEN, "not-a-member");
        scenario.given(publicRoom, bobIn).when(report).thenRejected(NOT_FOUND, "not-found");
    }
}
