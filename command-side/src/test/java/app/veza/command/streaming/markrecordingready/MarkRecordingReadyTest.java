package app.veza.command.streaming.markrecordingready;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.command.streaming.StreamHistory;
import app.veza.event.identity.PersonErased;
import app.veza.event.streaming.RecordingDeleted;
import app.veza.event.streaming.RecordingReady;
import org.junit.jupiter.api.Test;

class MarkRecordingReadyTest {

    private final StreamHistory of = new StreamHistory();
    private final MarkRecordingReady mark = new MarkRecordingReady(of.stream, 60_000, 960_000);
    private final RecordingReady ready = new RecordingReady(of.stream, of.ann, 60_000, 960_000);
    private final RecordingDeleted deleted = new RecordingDeleted(of.stream, of.ann, of.ann);

    private final Scenario<MarkRecordingReady, MarkRecordingReadyHandler.State> scenario =
            Scenario.of(new MarkRecordingReadyHandler());

    @Test
    void anEndedStreamHasItsRecordingOnce() {
        scenario.given(of.created, of.live, of.stopped).when(mark).then(ready);
        scenario.given(of.created, of.live, of.stopped, ready).when(mark).thenNothing();
    }

    @Test
    void thereIsNoneBeforeTheEnd() {
        scenario.given(of.created, of.live).when(mark).thenRejected(CONFLICT, "stream-not-ended");
        scenario.given(of.created, of.live, of.interrupted).when(mark).thenRejected(CONFLICT, "stream-not-ended");
    }

    @Test
    void whoeverMadeOneThatNobodyWantsIsTold() {
        scenario.given(of.created, of.live, of.stopped, deleted)
                .when(mark)
                .thenRejected(CONFLICT, "recording-unwanted");
        scenario.given(of.created, of.live, of.stopped, ready, deleted)
                .when(mark)
                .thenRejected(CONFLICT, "recording-unwanted");
        scenario.given(of.createdUnrecorded, of.live, of.stopped)
                .when(mark)
                .thenRejected(CONFLICT, "recording-unwanted");
        scenario.given().when(mark).thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void whoWasErasedMeanwhileLeavesNone() {
        var erased = new PersonErased(of.ann);
        scenario.given(of.created, of.live, of.stopped, erased).when(mark).thenRejected(CONFLICT, "recording-unwanted");
        scenario.given(of.created, of.live, of.stopped, new PersonErased(of.bob))
                .when(mark)
                .then(ready);
        assertThat(scenario.given(of.created, of.live, of.stopped).isOvertakenBy(erased, mark))
                .isTrue();
    }
}
