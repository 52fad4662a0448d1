package app.veza.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.embedded.EmbeddedPlatform;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MailerTest {

    private final Map<String, String> properties =
            new HashMap<>(EmbeddedPlatform.shared().properties());

    @Test
    void aMailArrivesAsItWasWritten() {
        String recipient = UUID.randomUUID() + "@example.org";

        new Mailer(MailConfig.from(properties)).send("7.email", recipient, "Grüße", "Zeile eins\nZeile zwei: ✓\n");

        assertThat(EmbeddedPlatform.shared().mailbox().mailsTo(recipient))
                .singleElement()
                .satisfies(mail -> {
                    assertThat(mail.subject()).isEqualTo("Grüße");
                    assertThat(mail.sender()).isEqualTo("Veza <no-reply@localhost>");
                    assertThat(mail.text()).contains("Zeile eins").contains("Zeile zwei: ✓");
                });
    }

    @Test
    void whatIsNoAddressIsRefusedForEver() {
        var mailer = new Mailer(MailConfig.from(properties));

        assertThatThrownBy(() -> mailer.send("8.email", "a@b@example.org", "s", "t"))
                .isInstanceOf(MailRefusedException.class);
    }

    @Test
    void aServerThatIsAwayMayComeBack() {
        properties.put("veza.mail.port", "1");
        var mailer = new Mailer(MailConfig.from(properties));

        assertThatThrownBy(() -> mailer.send("9.email", "a@example.org", "s", "t"))
                .isInstanceOf(MailUnavailableException.class);
    }
}
