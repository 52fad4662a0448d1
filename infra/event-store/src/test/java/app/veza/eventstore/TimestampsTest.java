package app.veza.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    private static final long FIRST = Instant.parse("-0002-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("+10001-01-01T00:00:00Z").getEpochSecond();

    @Test
    void everyInstantIsWrittenAndReadAsTheJdkDoes() {
        var random = new Random(5);
        int[] steps = {1, 1_000, 1_000_000, 1_000_000_000};
        for (int i = 0; i < 100_000; i++) {
            int step = steps[i % steps.length];
            Instant instant = Instant.ofEpochSecond(
                    random.nextLong(FIRST, LAST), (long) step * random.nextInt(1_000_000_000 / step));
            String text = instant.toString();
            assertThat(Timestamps.format(instant)).isEqualTo(text);
            assertThat(Timestamps.parse(text)).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T12:00:00.Z",
                "2026-03-01T12:00:00.1Z",
                "2026-03-01T12:00:00.12345Z",
                "2026-03-01T23:59:60Z",
                "2026-03-01T24:00:00Z",
                "2026-03-01T12:00:00+02:00",
                "2026-03-01t12:00:00z"
            })
    void otherFormsAreReadAsTheJdkDoes(String text) {
        assertThat(Timestamps.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-03-01",
                "2026-02-29T12:00:00Z",
                "2026-13-01T12:00:00Z",
                "2026-03-01T12:00:00.1234567890Z",
                "2026-03-01T12:0x:00Z",
                "2026-03-01T12:00:00"
            })
    void whatIsNoInstantIsRefused(String text) {
        assertThatThrownBy(() -> Timestamps.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
