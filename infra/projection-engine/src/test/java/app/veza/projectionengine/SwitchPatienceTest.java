package app.veza.projectionengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SwitchPatienceTest {

    private long now = Long.MAX_VALUE - 1;
    private final SwitchPatience patience = new SwitchPatience(() -> now);

    private void passes(Duration time) {
        now += time.toNanos();
    }

    @Test
    void waitsLongerTheLongerItIsPutOff() {
        assertThat(patience.lockTimeout()).isEqualTo(Duration.ofMillis(200));
        patience.putOff();
        passes(Duration.ofSeconds(59));
        patience.putOff();
        assertThat(patience.lockTimeout()).isEqualTo(Duration.ofMillis(200));
        passes(Duration.ofSeconds(1));
        assertThat(patience.lockTimeout()).isEqualTo(Duration.ofSeconds(2));
        passes(Duration.ofMinutes(9));
        assertThat(patience.lockTimeout()).isEqualTo(Duration.ofSeconds(10));
        patience.done();
        assertThat(patience.lockTimeout()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void restsForFiveTimesAsLongAsItWaited() {
        assertThat(patience.rests()).isFalse();
        patience.putOff();
        passes(Duration.ofMillis(999));
        assertThat(patience.rests()).isTrue();
        passes(Duration.ofMillis(1));
        assertThat(patience.rests()).isFalse();
        passes(Duration.ofMinutes(1));
        patience.putOff();
        passes(Duration.ofSeconds(9));
        assertThat(patience.rests()).isTrue();
        passes(Duration.ofSeconds(1));
        assertThat(patience.rests()).isFalse();
    }
}
