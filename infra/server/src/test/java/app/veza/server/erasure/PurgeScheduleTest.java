package app.veza.server.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.eventstore.RecordedEvent;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PurgeScheduleTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** At position 100 minus the seconds, so that they stand in order. */
    private static RecordedEvent erased(int secondsAgo) {
        return new RecordedEvent(
                100 - secondsAgo,
                "identity.PersonErased",
                "1",
                "id",
                NOW.minusSeconds(secondsAgo),
                Set.of(),
                Map.of(),
                new byte[0],
                new byte[0]);
    }

    private static OptionalLong settled(Stream<RecordedEvent> erasures) {
        return PurgeSchedule.settled(erasures.iterator(), NOW);
    }

    @Test
    void somebodyWhoHasJustGoneIsNotPurgedYet() {
        assertThat(settled(Stream.of(erased(3)))).isEmpty();
        assertThat(settled(Stream.of())).isEmpty();
    }

    @Test
    void whoWentBeforeIs() {
        assertThat(settled(Stream.of(erased(60), erased(30)))).hasValue(70);
    }

    @Test
    void andDoesNotWaitForThoseWhoGoEverySecond() {
        assertThat(settled(IntStream.rangeClosed(0, 60).mapToObj(ago -> erased(60 - ago))))
                .hasValue(100 - 11);
    }
}
