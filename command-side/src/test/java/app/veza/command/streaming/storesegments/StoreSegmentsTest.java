package app.veza.command.streaming.storesegments;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import app.veza.command.Scenario;
import app.veza.command.streaming.StreamHistory;
import app.veza.event.streaming.SegmentsStored;
import org.junit.jupiter.api.Test;

class StoreSegmentsTest {

    private final StreamHistory of = new StreamHistory();

    private final Scenario<StoreSegments, StoreSegmentsHandler.State> scenario =
            Scenario.of(new StoreSegmentsHandler());

    private StoreSegments store(int first, int segments) {
        return new StoreSegments(of.stream, first, segments, segments * 2048, segments * 50_000L, -16.5, 0);
    }

    private SegmentsStored stored(int first, int segments) {
        return new SegmentsStored(of.stream, of.ann, first, segments, segments * 2048, segments * 50_000L, -16.5, 0);
    }

    @Test
    void segmentsAreToldInTheirOrderEachOnce() {
        scenario.given(of.created, of.live).when(store(0, 5)).then(stored(0, 5));
        scenario.given(of.created, of.live, stored(0, 5)).when(store(5, 3)).then(stored(5, 3));
        scenario.given(of.created, of.live, stored(0, 5)).when(store(0, 5)).thenNothing();
        scenario.given(of.created, of.live, stored(0, 5), stored(5, 3))
                .when(store(0, 5))
                .thenNothing();
    }

    @Test
    void thoseThatAreToldInPartAreRefusedSoThatNoneCountsTwice() {
        scenario.given(of.created, of.live, stored(0, 5)).when(store(3, 5)).thenRejected(CONFLICT, "segments-overlap");
    }

    @Test
    void someMayBeMissingAfterTheDeathOfANode() {
        scenario.given(of.created, of.live, stored(0, 5)).when(store(7, 2)).then(stored(7, 2));
    }

    @Test
    void theLastOnesComeAfterTheEnd() {
        scenario.given(of.created, of.live, of.interrupted).when(store(0, 5)).then(stored(0, 5));
        scenario.given(of.created, of.live, stored(0, 5), of.stopped)
                .when(store(5, 1))
                .then(stored(5, 1));
    }

    @Test
    void whatWasNeverHeardHasNoAudio() {
        scenario.given(of.created).when(store(0, 1)).thenRejected(CONFLICT, "stream-not-live");
        scenario.given().when(store(0, 1)).thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void nothingIsNoSegment() {
        assertThatIllegalArgumentException().isThrownBy(() -> store(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> store(-1, 1));
    }
}
