package app.veza.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailServerTest {

    @Test
    void receivesMailsAndKeepsThemOverRestartAndClose(@TempDir Path directory) throws Exception {
        var options = MailServerOptions.in(directory);
        try (var server = MailServer.start(options)) {
            send(server, server.username(), server.password(), "Bienvenue à Veza");
            server.restart();
            send(server, server.username(), server.password(), "Second");
        }
        try (var again = MailServer.start(options)) {
            assertThat(again.mailbox().mailsTo("ALICE@example.org"))
                    .containsExactly(
                            new ReceivedMail("alice@example.org", "veza@example.org", "Bienvenue à Veza", "Bonjour é"),
                            new ReceivedMail("alice@example.org", "veza@example.org", "Second", "Bonjour é"));
            assertThat(again.mailbox().mailsTo("bob@example.org")).isEmpty();
        }
    }

    @Test
    void wantsALogin() {
        try (var server = MailServer.start(MailServerOptions.temporary())) {
            assertThatThrownBy(() -> send(server, server.username(), "wrong", "no"))
                    .isInstanceOf(AuthenticationFailedException.class);
            assertThatThrownBy(() -> send(server, null, null, "no")).isInstanceOf(MessagingException.class);
            assertThat(server.mailbox().mails()).isEmpty();
        }
    }

    private static void send(MailServer server, String username, String password, String subject)
            throws MessagingException {
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", Integer.toString(server.port()));
        properties.setProperty("mail.smtp.auth", Boolean.toString(username != null));
        var message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("veza@example.org"));
        message.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress("Alice@example.org"));
        message.setSubject(subject, "UTF-8");
        message.setText("Bonjour é", "UTF-8");
        Transport.send(message, username, password);
    }
}
