package app.veza.command.streaming.resumestream;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.command.streaming.Broadcast;
import app.veza.command.streaming.StreamHistory;
import org.junit.jupiter.api.Test;

class ResumeStreamTest {

    private final StreamHistory of = new StreamHistory();
    private final ResumeStream resume = new ResumeStream(of.stream, 1200);

    private final Scenario<ResumeStream, Broadcast> scenario = Scenario.of(new ResumeStreamHandler());

    @Test
    void whatIsInterruptedGoesOn() {
        scenario.given(of.created, of.live, of.interrupted).when(resume).then(of.resumed);
        scenario.given(of.created, of.live, of.interrupted, of.resumed)
                .when(resume)
                .thenNothing();
    }

    @Test
    void whatWasNeverInterruptedNeedsNoResuming() {
        scenario.given(of.created, of.live).when(resume).thenNothing();
    }

    @Test
    void whatIsNotOnTheAirCannotGoOn() {
        scenario.given(of.created).when(resume).thenRejected(CONFLICT, "stream-not-live");
        scenario.given(of.created, of.live, of.interrupted, of.stopped)
                .when(resume)
                .thenRejected(CONFLICT, "stream-ended");
        scenario.given().when(resume).thenRejected(NOT_FOUND, "not-found");
    }
}
