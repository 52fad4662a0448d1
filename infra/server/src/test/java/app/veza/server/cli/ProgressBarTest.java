package app.veza.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final StringWriter written = new StringWriter();
    private final PrintWriter err = new PrintWriter(written);

    @Test
    void aTerminalSeesPartRateAndWhatIsLeft() {
        var bar = new ProgressBar(err, true);
        bar.begin("Verifying", 1000);
        bar.at(250);
        assertThat(written.toString()).contains("Verifying [#######......", " 25 %", "250 of 1,000");
        bar.end();
        assertThat(written.toString()).endsWith("\r\033[K");
    }

    @Test
    void aFileIsNotFilledWithIt() {
        var bar = new ProgressBar(err, false);
        bar.begin("Verifying", 1000);
        for (int i = 0; i < 1000; i++) {
            bar.at(i);
        }
        bar.end();
        assertThat(written.toString()).isEmpty();
    }
}
