package app.veza.command.streaming.watchstream;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.command.streaming.Broadcast;
import app.veza.command.streaming.StreamHistory;
import org.junit.jupiter.api.Test;

class WatchStreamTest {

    private final StreamHistory of = new StreamHistory();
    private final WatchStream bob = new WatchStream(of.stream, of.bob, false);

    private final Scenario<WatchStream, Broadcast> scenario = Scenario.of(new WatchStreamHandler());

    @Test
    void anybodyLooksOnAtAPublicStream() {
        scenario.given(of.created).when(bob).thenNothing();
        scenario.given(of.created, of.live, of.stopped).when(bob).thenNothing();
    }

    @Test
    void whomTheBroadcasterLetsInLooksOnAtAPrivateOne() {
        scenario.given(of.createdPrivately, of.bobInvited).when(bob).thenNothing();
        scenario.given(of.createdPrivately)
                .when(new WatchStream(of.stream, of.ann, false))
                .thenNothing();
        scenario.given(of.createdPrivately).when(bob).thenRejected(NOT_FOUND, "not-found");
        scenario.given(of.createdPrivately, of.bobInvited, of.bobRemoved)
                .when(bob)
                .thenRejected(NOT_FOUND, "not-found");
        scenario.given().when(bob).thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void whatHasEndedIsHeardNoMore() {
        var bobListens = new WatchStream(of.stream, of.bob, true);
        scenario.given(of.created, of.live).when(bobListens).thenNothing();
        scenario.given(of.created, of.live, of.stopped).when(bobListens).thenRejected(CONFLICT, "stream-ended");
    }

    @Test
    void anInvitationThatIsTakenBackMakesItDecidedAgain() {
        assertThat(scenario.isOvertakenBy(of.bobRemoved, bob)).isTrue();
    }
}
