package app.veza.command.streaming.golive;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.command.streaming.Broadcast;
import app.veza.command.streaming.StreamHistory;
import org.junit.jupiter.api.Test;

class GoLiveTest {

    private final StreamHistory of = new StreamHistory();
    private final GoLive annSends = new GoLive(of.stream, of.ann, "audio/webm");
    private final GoLive bobSends = new GoLive(of.stream, of.bob, "audio/webm");

    private final Scenario<GoLive, Broadcast> scenario = Scenario.of(new GoLiveHandler());

    @Test
    void itsBroadcastersAudioMakesItLiveOnce() {
        scenario.given(of.created).when(annSends).then(of.live);
        scenario.given(of.created, of.live).when(annSends).thenNothing();
        scenario.given(of.created, of.live, of.interrupted).when(annSends).thenNothing();
        scenario.given(of.created, of.live, of.interrupted, of.resumed)
                .when(annSends)
                .thenNothing();
    }

    @Test
    void whatHasEndedStaysEnded() {
        scenario.given(of.created, of.stopped).when(annSends).thenRejected(CONFLICT, "stream-ended");
        scenario.given(of.created, of.live, of.stopped).when(annSends).thenRejected(CONFLICT, "stream-ended");
    }

    @Test
    void nobodyElseIsHeard() {
        scenario.given(of.created).when(bobSends).thenRejected(FORBIDDEN, "forbidden");
        scenario.given(of.createdPrivately).when(bobSends).thenRejected(NOT_FOUND, "not-found");
        scenario.given().when(annSends).thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void whoListensDoesNotMakeItDecidedAgain() {
        assertThat(scenario.isOvertakenBy(of.bobListens, annSends)).isFalse();
        assertThat(scenario.isOvertakenBy(of.stopped, annSends)).isTrue();
    }
}
