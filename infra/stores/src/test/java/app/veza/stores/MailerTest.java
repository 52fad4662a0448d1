package app.veza.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.embedded.EmbeddedPlatform;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    /** Else it would be sent again. */
    @Test
    @Timeout(5)
    void whatWasTakenIsSentHoweverTheServerSaysGoodbye() throws IOException {
        try (var server = new SlowSmtpServer(Duration.ZERO)) {
            assertThatCode(() -> mailer(server).send("10.email", "a@example.org", "s", "t"))
                    .doesNotThrowAnyException();
            assertThat(server.taken()).isOne();
        }
    }

    @Test
    void aServerMayTakeItsTimeToTakeAMail() throws IOException {
        try (var server = new SlowSmtpServer(Duration.ofSeconds(1))) {
            assertThatCode(() -> mailer(server).send("11.email", "a@example.org", "s", "t"))
                    .doesNotThrowAnyException();
            assertThat(server.taken()).isOne();
        }
    }

    private Mailer mailer(SlowSmtpServer server) {
        properties.put("veza.mail.host", "127.0.0.1");
        properties.put("veza.mail.port", Integer.toString(server.port()));
        properties.remove("veza.mail.username");
        properties.remove("veza.mail.password");
        return new Mailer(MailConfig.from(properties), Duration.ofMillis(500), Duration.ofSeconds(20));
    }

    /** With a password or without: a code in it opens an account. */
    @Test
    void mailsLeaveThisMachineEncryptedUnlessSomebodyDecidedOtherwise() {
        assertThat(Mailer.requiresTls(MailConfig.from(properties)))
                .as("on this machine")
                .isFalse();
        properties.put("veza.mail.host", "mail.invalid");
        properties.remove("veza.mail.password");
        assertThat(Mailer.requiresTls(MailConfig.from(properties))).isTrue();
        properties.put("veza.mail.plain-text", "true");
        assertThat(Mailer.requiresTls(MailConfig.from(properties))).isFalse();
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
