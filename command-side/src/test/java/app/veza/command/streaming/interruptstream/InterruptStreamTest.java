package app.veza.command.streaming.interruptstream;

import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.command.streaming.Broadcast;
import app.veza.command.streaming.StreamHistory;
import org.junit.jupiter.api.Test;

class InterruptStreamTest {

    private final StreamHistory of = new StreamHistory();
    private final InterruptStream interrupt = new InterruptStream(of.stream, Long.MAX_VALUE);

    private final Scenario<InterruptStream, Broadcast> scenario = Scenario.of(new InterruptStreamHandler());

    @Test
    void whatIsLiveIsInterruptedOnce() {
        scenario.given(of.created, of.live).when(interrupt).then(of.interrupted);
        scenario.given(of.created, of.live, of.interrupted).when(interrupt).thenNothing();
        scenario.given(of.created, of.live, of.interrupted, of.resumed)
                .when(interrupt)
                .then(of.interrupted);
    }

    @Test
    void whatIsNotLiveCannotBeInterrupted() {
        scenario.given(of.created).when(interrupt).thenNothing();
        scenario.given(of.created, of.live, of.stopped).when(interrupt).thenNothing();
        scenario.given().when(interrupt).thenRejected(NOT_FOUND, "not-found");
    }

    /** Positions are those in what is given, from 1. */
    @Test
    void whoCameBackMeanwhileIsNotCutOffAgain() {
        scenario.given(of.created, of.live, of.interrupted, of.resumed)
                .when(new InterruptStream(of.stream, 3))
                .thenNothing();
        scenario.given(of.created, of.live, of.interrupted, of.resumed)
                .when(new InterruptStream(of.stream, 4))
                .then(of.interrupted);
    }
}
