package app.veza.command.streaming.joinstream;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.command.streaming.Broadcast;
import app.veza.command.streaming.StreamHistory;
import app.veza.event.streaming.ListenerJoined;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JoinStreamTest {

    private final StreamHistory of = new StreamHistory();
    private final UUID listening = UUID.randomUUID();
    private final JoinStream bobJoins = new JoinStream(of.stream, of.bob, listening);
    private final ListenerJoined joined = new ListenerJoined(of.stream, of.bob, listening);

    private final Scenario<JoinStream, Broadcast> scenario = Scenario.of(new JoinStreamHandler());

    @Test
    void whoeverMayHearItJoinsAlsoBeforeItIsLive() {
        scenario.given(of.created).when(bobJoins).then(joined);
        scenario.given(of.created, of.live, of.interrupted).when(bobJoins).then(joined);
        scenario.given(of.createdPrivately, of.live, of.bobInvited)
                .when(bobJoins)
                .then(joined);
    }

    @Test
    void nobodyJoinsWhatIsOverOrWhatTheyMayNotKnowOf() {
        scenario.given(of.created, of.live, of.stopped).when(bobJoins).thenRejected(CONFLICT, "stream-ended");
        scenario.given(of.createdPrivately, of.live).when(bobJoins).thenRejected(NOT_FOUND, "not-found");
        scenario.given().when(bobJoins).thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void listenersDoNotWaitForEachOther() {
        assertThat(scenario.isOvertakenBy(of.bobListens, bobJoins)).isFalse();
    }
}
