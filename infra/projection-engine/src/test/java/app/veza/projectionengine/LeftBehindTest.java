package app.veza.projectionengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeftBehindTest {
    private final AtomicLong nanos = new AtomicLong(1);
    private final LeftBehind watch =
            new LeftBehind(new Balances("ledger", 2, Target.PRIMARY, position -> {}), nanos::get);

    private String after(Duration time, long position, long head) {
        nanos.addAndGet(time.toNanos());
        return watch.look(Optional.of(new ServedAt(new Edition("ledger", 1, 3), position)), head);
    }

    @Test
    void whatMovesOrIsAtTheHeadLeavesNobodyBehind() {
        assertThat(watch.isDue()).isTrue();
        assertThat(after(Duration.ofSeconds(1), 5, 10)).isNull();
        assertThat(watch.isDue()).isFalse();
        assertThat(after(Duration.ofSeconds(9), 6, 10)).isNull();
        assertThat(after(Duration.ofSeconds(9), 10, 10)).isNull();
        assertThat(after(Duration.ofSeconds(60), 10, 10)).as("nothing happens").isNull();
        assertThat(watch.look(Optional.empty(), 10)).as("nothing is served").isNull();
    }

    @Test
    void whatRestsWhileThereAreEventsIsTold() {
        assertThat(after(Duration.ofSeconds(1), 5, 10)).isNull();
        assertThat(after(Duration.ofSeconds(11), 5, 12))
                .startsWith("readers see version 1, rebuild 3 at position 5, 7 events behind, and no node moves it")
                .contains("'./veza projections rebuild ledger'", "version 2");
        assertThat(after(Duration.ofSeconds(1), 6, 12)).as("it moves again").isNull();
    }
}
