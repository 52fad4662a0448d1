package app.veza.command.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.CommandSideConfig;
import app.veza.command.identity.token.MailedToken.Purpose;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MailedTokensTest {

    private final MailedToken token = new MailedToken(Purpose.RESET_PASSWORD, UUID.randomUUID(), UUID.randomUUID());

    private static MailedTokens under(int key) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) key);
        return new MailedTokens(CommandSideConfig.of(
                bytes,
                Path.of("keys"),
                URI.create("https://veza.example"),
                "veza",
                URI.create("https://veza.example"),
                URI.create("wss://veza.example")));
    }

    @Test
    void whatWasWrittenIsRead() {
        assertThat(under(1).read(Purpose.RESET_PASSWORD, under(1).write(token))).contains(token);
    }

    @Test
    void itIsTheSameWheneverItIsWritten() {
        assertThat(under(1).write(token)).isEqualTo(under(1).write(token)).hasSize(86);
    }

    @Test
    void itIsGoodForNothingElse() {
        assertThat(under(1).read(Purpose.VERIFY_EMAIL, under(1).write(token))).isEmpty();
    }

    @Test
    void nobodyElseWritesOne() {
        String text = under(1).write(token);
        assertThat(under(2).read(Purpose.RESET_PASSWORD, text)).isEmpty();
        for (int i = 0; i < text.length() - 1; i++) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(under(1).read(Purpose.RESET_PASSWORD, text.substring(0, i) + other + text.substring(i + 1)))
                    .isEmpty();
        }
        assertThat(under(1).read(Purpose.RESET_PASSWORD, "rubbish")).isEmpty();
    }
}
