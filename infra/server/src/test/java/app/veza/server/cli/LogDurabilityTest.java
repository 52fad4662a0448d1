package app.veza.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.veza.embedded.Durability;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogDurabilityTest {

    @TempDir
    private Path directory;

    private final StringWriter said = new StringWriter();

    private Durability choose(@Nullable Durability asked) {
        return LogDurability.choose(DataDirectory.at(directory), asked, new PrintWriter(said, true));
    }

    @Test
    void itIsProcessUntilSomethingElseIsAskedForAndThenThat() {
        assertThat(choose(null)).isEqualTo(Durability.PROCESS);
        assertThat(said.toString()).isEmpty();

        assertThat(choose(Durability.POWER)).isEqualTo(Durability.POWER);
        assertThat(said.toString()).containsOnlyOnce("\n").contains("is power from now on, it was process");

        assertThat(choose(null)).isEqualTo(Durability.POWER);
        assertThat(said.toString()).containsOnlyOnce("\n");
    }

    @Test
    void aRememberedValueThatIsNoneIsNamed() throws IOException {
        Files.writeString(directory.resolve("log.durability"), "forever\n");

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> choose(null))
                .withMessageContaining("'forever'");
    }

    @Test
    void itIsDescribedByWhatSurvives() {
        assertThat(LogDurability.described(Map.of("veza.log.durability", "power")))
                .contains("a power cut");
        assertThat(LogDurability.described(Map.of())).contains("process", "not a power cut");
    }
}
