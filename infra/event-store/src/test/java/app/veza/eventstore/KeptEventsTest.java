package app.veza.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeptEventsTest {

    private final KeptEvents kept = new KeptEvents(1 << 20);
    private final List<Long> read = new ArrayList<>();

    @Test
    void whatWasReadIsNotReadAgainAndComesInTheOrderThatWasAskedFor() throws Exception {
        assertThat(at(3L, 7L)).containsExactly(3L, 7L);
        assertThat(at(7L, 5L, 3L)).containsExactly(7L, 5L, 3L);
        assertThat(read).containsExactly(3L, 7L, 5L);
    }

    @Test
    void ofAnotherIndexNothingIsKnown() throws Exception {
        at(3L);
        kept.clear();
        at(3L);
        assertThat(read).containsExactly(3L, 3L);
    }

    @Test
    void whoReadsMuchLeavesNothingBehind() throws Exception {
        Long[] many = LongStream.rangeClosed(1, 100).boxed().toArray(Long[]::new);
        assertThat(at(many)).containsExactly(many);
        read.clear();
        at(1L);
        assertThat(read).containsExactly(1L);
    }

    private List<Long> at(Long... positions) throws Exception {
        return kept
                .at(List.of(positions), missing -> {
                    read.addAll(missing);
                    return missing.stream().map(KeptEventsTest::event).toList();
                })
                .stream()
                .map(RecordedEvent::position)
                .toList();
    }

    private static RecordedEvent event(long position) {
        return new RecordedEvent(
                position, "T", "1", "id", Instant.EPOCH, Set.of(), Map.of(), new byte[8], new byte[32]);
    }
}
