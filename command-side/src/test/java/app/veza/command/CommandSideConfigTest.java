package app.veza.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommandSideConfigTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes();
    private static final URI HTTP = URI.create("https://veza.example");
    private static final URI WS = URI.create("wss://veza.example");

    @Test
    void theDefaultsHold() {
        var config = CommandSideConfig.of(KEY, Path.of("keys"), HTTP, "veza", HTTP, WS);

        assertThat(config.accessTokenLife()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.sessionLife()).isEqualTo(Duration.ofDays(30));
        assertThat(config.idleLife()).isEqualTo(Duration.ofDays(14));
    }

    @Test
    void printedItKeepsTheKey() {
        assertThat(CommandSideConfig.of(KEY, Path.of("keys"), HTTP, "veza", HTTP, WS)
                        .toString())
                .doesNotContain("platformKey", "0123456789abcdef");
    }

    @Test
    void whatCannotWorkIsRefusedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandSideConfig.of(new byte[16], Path.of("keys"), HTTP, "veza", HTTP, WS))
                .withMessageContaining("platformKey");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandSideConfig.of(KEY, Path.of("keys"), HTTP, "veza", WS, WS))
                .withMessageContaining("httpBase");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandSideConfig.of(KEY, Path.of("keys"), HTTP, "veza", HTTP, HTTP))
                .withMessageContaining("gatewayBase");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CommandSideConfig.Hashing(0, 1, Duration.ofSeconds(1)))
                .withMessageContaining("concurrent");
    }
}
