package app.veza.command.streaming.deleterecording;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.command.streaming.StreamHistory;
import app.veza.event.streaming.RecordingDeleted;
import app.veza.event.streaming.RecordingReady;
import org.junit.jupiter.api.Test;

class DeleteRecordingTest {

    private final StreamHistory of = new StreamHistory();
    private final DeleteRecording annDeletes = new DeleteRecording(of.stream, of.ann);
    private final DeleteRecording bobDeletes = new DeleteRecording(of.stream, of.bob);
    private final RecordingReady ready = new RecordingReady(of.stream, of.ann, 60_000, 960_000);
    private final RecordingDeleted deleted = new RecordingDeleted(of.stream, of.ann, of.ann);

    private final Scenario<DeleteRecording, DeleteRecordingHandler.State> scenario =
            Scenario.of(new DeleteRecordingHandler());

    @Test
    void itsBroadcasterDeletesItOnce() {
        scenario.given(of.created, of.live, of.stopped, ready).when(annDeletes).then(deleted);
        scenario.given(of.created, of.live, of.stopped, ready, deleted)
                .when(annDeletes)
                .thenNothing();
    }

    @Test
    void alsoBeforeItIsReady() {
        scenario.given(of.created, of.live, of.stopped).when(annDeletes).then(deleted);
    }

    @Test
    void butNotWhileTheStreamGoesOn() {
        scenario.given(of.created, of.live).when(annDeletes).thenRejected(CONFLICT, "stream-not-ended");
    }

    @Test
    void whereNoneWasWantedThereIsNone() {
        scenario.given(of.createdUnrecorded, of.live, of.stopped)
                .when(annDeletes)
                .thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void nobodyElseMay() {
        scenario.given(of.created, of.live, of.stopped, ready).when(bobDeletes).thenRejected(FORBIDDEN, "forbidden");
        scenario.given(of.createdPrivately, of.live, of.stopped, ready)
                .when(bobDeletes)
                .thenRejected(NOT_FOUND, "not-found");
    }
}
