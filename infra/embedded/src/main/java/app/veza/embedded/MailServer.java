package app.veza.embedded;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.util.Map;

/** An SMTP server on the loopback address, in this process, that keeps every mail as a file. It wants a login. */
public final class MailServer implements AutoCloseable {

    private static final String USER = "veza";

    private final ServerDirectory directory;
    private final int port;
    private final String password;
    private final Mailbox mailbox;
    private GreenMail server;

    private MailServer(ServerDirectory directory, int port, String password) {
        this.directory = directory;
        this.port = port;
        this.password = password;
        this.mailbox = new Mailbox(PrivateFiles.directory(directory.resolve("mails")));
        this.server = listen();
    }

    public static MailServer start(MailServerOptions options) {
        var directory = ServerDirectory.of(options.directory(), "mail");
        var secrets = RememberedProperties.in(directory.resolve("secrets.properties"));
        return new MailServer(directory, Ports.orFree(options.port()), secrets.get("password", Secrets::generate));
    }

    private GreenMail listen() {
        var started = new GreenMail(new ServerSetup(port, Ports.HOST, ServerSetup.PROTOCOL_SMTP))
                .withConfiguration(GreenMailConfiguration.aConfig().withUser(USER, password));
        try {
            started.start();
        } catch (RuntimeException e) { // GreenMail has no narrower one
            throw new EmbeddedPlatformException(
                    "The mail server cannot listen on port %d (%s).".formatted(port, e.getMessage()), e);
        }
        started.getUserManager()
                .setMessageDeliveryHandler((message, recipient) -> deliver(started, message, recipient));
        return started;
    }

    private GreenMailUser deliver(GreenMail receiver, MovingMessage message, MailAddress recipient)
            throws MessagingException {
        if (message.getAuthenticationState() == null) {
            throw new MessagingException("log in first");
        }
        mailbox.keep(message.getMessage(), recipient.getEmail());
        try {
            // GreenMail keeps mails in memory, too, where nobody reads them
            receiver.purgeEmailFromAllMailboxes();
        } catch (FolderException e) {
            throw new MessagingException("cannot clear the mails in memory", e);
        }
        return receiver.getUserManager().getUser(USER);
    }

    /** What was received, by this and by earlier instances on the same directory. */
    public Mailbox mailbox() {
        return mailbox;
    }

    public int port() {
        return port;
    }

    public String username() {
        return USER;
    }

    public String password() {
        return password;
    }

    public Map<String, String> properties() {
        return Map.of(
                "veza.mail.host",
                Ports.HOST,
                "veza.mail.port",
                Integer.toString(port),
                "veza.mail.username",
                USER,
                "veza.mail.password",
                password);
    }

    public void restart() {
        server.stop();
        server = listen();
    }

    @Override
    public void close() {
        server.stop();
        directory.deleteIfTemporary();
    }
}
