package app.veza.server.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacedOutputTest {

    private final AtomicLong now = new AtomicLong();
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    @Test
    void endsForWhoTakesItTooSlowly() throws IOException {
        var paced = new PacedOutput(taken, now::get);
        now.set(Duration.ofSeconds(59).toNanos());
        paced.write(new byte[1]);
        now.set(Duration.ofSeconds(61).toNanos());
        assertThatThrownBy(() -> paced.write(1)).isInstanceOf(IOException.class).hasMessageContaining("too slowly");
    }

    @Test
    void goesOnForWhoTakesALotForLong() throws IOException {
        var paced = new PacedOutput(taken, now::get);
        byte[] second = new byte[64 * 1024];
        for (int seconds = 1; seconds < 200; seconds++) {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            paced.write(second);
        }
        assertThat(taken.size()).isEqualTo(199 * second.length);
    }
}
