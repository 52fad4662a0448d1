package app.veza.command.streaming.admitbroadcaster;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.command.streaming.Broadcast;
import app.veza.command.streaming.StreamHistory;
import org.junit.jupiter.api.Test;

class AdmitBroadcasterTest {

    private final StreamHistory of = new StreamHistory();
    private final AdmitBroadcaster ann = new AdmitBroadcaster(of.stream, of.ann);
    private final AdmitBroadcaster bob = new AdmitBroadcaster(of.stream, of.bob);

    private final Scenario<AdmitBroadcaster, Broadcast> scenario = Scenario.of(new AdmitBroadcasterHandler());

    @Test
    void itsBroadcasterIsLetInUntilItEndsAndLeavesNoTrace() {
        scenario.given(of.created).when(ann).thenNothing();
        scenario.given(of.created, of.live).when(ann).thenNothing();
        scenario.given(of.created, of.live, of.interrupted).when(ann).thenNothing();
        scenario.given(of.created, of.live, of.interrupted, of.stopped)
                .when(ann)
                .thenRejected(CONFLICT, "stream-ended");
    }

    @Test
    void nobodyElseIs() {
        scenario.given(of.created).when(bob).thenRejected(FORBIDDEN, "forbidden");
        scenario.given(of.createdPrivately).when(bob).thenRejected(NOT_FOUND, "not-found");
        scenario.given().when(ann).thenRejected(NOT_FOUND, "not-found");
    }
}
