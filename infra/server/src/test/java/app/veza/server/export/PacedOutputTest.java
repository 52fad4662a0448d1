package app.veza.server.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacedOutputTest {

    private final AtomicLong now = new AtomicLong();
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    /** Of somebody who takes so long for each write. */
    private PacedOutput takenIn(Duration each) {
        var slow = new FilterOutputStream(taken) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                now.addAndGet(each.toNanos());
                out.write(bytes, from, length);
            }
        };
        return new PacedOutput(slow, now::get);
    }

    @Test
    void endsForWhoTakesItTooSlowly() throws IOException {
        PacedOutput paced = takenIn(Duration.ofSeconds(31));
        paced.write(1);
        assertThatThrownBy(() -> paced.write(1)).isInstanceOf(IOException.class).hasMessageContaining("too slowly");
    }

    @Test
    void goesOnForWhoTakesALotForLong() throws IOException {
        PacedOutput paced = takenIn(Duration.ofSeconds(1));
        byte[] second = new byte[64 * 1024];
        for (int seconds = 0; seconds < 200; seconds++) {
            paced.write(second);
        }
        assertThat(taken.size()).isEqualTo(200 * second.length);
    }

    @Test
    void goesOnForWhoWaitsUntilItIsGathered() throws IOException {
        PacedOutput paced = takenIn(Duration.ofMillis(1));
        for (int part = 0; part < 10; part++) {
            now.addAndGet(Duration.ofMinutes(1).toNanos());
            paced.write(1);
        }
        assertThat(taken.size()).isEqualTo(10);
    }
}
