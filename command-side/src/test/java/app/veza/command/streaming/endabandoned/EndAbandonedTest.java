package app.veza.command.streaming.endabandoned;

import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.command.streaming.Broadcast;
import app.veza.command.streaming.StreamHistory;
import org.junit.jupiter.api.Test;

class EndAbandonedTest {

    private final StreamHistory of = new StreamHistory();

    private final Scenario<EndAbandoned, Broadcast> scenario = Scenario.of(new EndAbandonedHandler());

    /** Positions are those in what is given, from 1. */
    private EndAbandoned upTo(long position) {
        return new EndAbandoned(of.stream, position);
    }

    @Test
    void whatIsStillInterruptedEndsOnce() {
        scenario.given(of.created, of.live, of.interrupted).when(upTo(3)).then(of.stopped);
        scenario.given(of.created, of.live, of.interrupted, of.stopped)
                .when(upTo(3))
                .thenNothing();
    }

    @Test
    void whoCameBackGoesOn() {
        scenario.given(of.created, of.live, of.interrupted, of.resumed)
                .when(upTo(3))
                .thenNothing();
    }

    @Test
    void aLaterInterruptionHasItsOwnTime() {
        scenario.given(of.created, of.live, of.interrupted, of.resumed, of.interrupted)
                .when(upTo(3))
                .thenNothing();
        scenario.given(of.created, of.live, of.interrupted, of.resumed, of.interrupted)
                .when(upTo(5))
                .then(of.stopped);
    }

    @Test
    void whatIsNotInterruptedIsNotAbandoned() {
        scenario.given(of.created).when(upTo(9)).thenNothing();
        scenario.given(of.created, of.live).when(upTo(9)).thenNothing();
        scenario.given().when(upTo(9)).thenRejected(NOT_FOUND, "not-found");
    }
}
