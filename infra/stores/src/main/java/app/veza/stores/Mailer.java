package app.veza.stores;

import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends mails of plain text. TLS is used where the server offers it, and is demanded before a password leaves this machine. */
public final class Mailer {

    private static final Logger log = LoggerFactory.getLogger(Mailer.class);

    /** To connect, and for any answer but the last. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** With the dozen answers before it less than the lease of a mail that is being sent (MailReaction). */
    private static final Duration LONGEST_TO_TAKE = Duration.ofMinutes(3);

    private static final int PERMANENT = 500;

    private final Properties properties = new Properties();
    private final @Nullable Authenticator authenticator;
    private final Session session;
    private final Duration longestToTake;
    private final InternetAddress from;

    /** @throws IllegalArgumentException when {@code from} is no address */
    public Mailer(MailConfig config) {
        this(config, LONGEST, LONGEST_TO_TAKE);
    }

    /**
     * @param longest how long an answer may take
     * @param longestToTake how long that to a whole mail may
     */
    Mailer(MailConfig config, Duration longest, Duration longestToTake) {
        this.longestToTake = longestToTake;
        try {
            this.from = new InternetAddress(config.from(), true);
        } catch (AddressException e) {
            throw new IllegalArgumentException("veza.mail.from is not an address: " + config.from(), e);
        }
        boolean hasPassword = config.username() != null && config.password() != null;
        String longestMillis = Long.toString(longest.toMillis());
        properties.put("mail.smtp.host", config.host());
        properties.put("mail.smtp.port", Integer.toString(config.port()));
        properties.put("mail.smtp.connectiontimeout", longestMillis);
        properties.put("mail.smtp.timeout", longestMillis);
        properties.put("mail.smtp.writetimeout", longestMillis);
        // How a server says goodbye is nothing to wait for
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.starttls.enable", "true");
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.auth", Boolean.toString(hasPassword));
        properties.put("mail.smtp.starttls.required", Boolean.toString(requiresTls(config)));
        // An address may be in Unicode where the server can take it (RFC 6531)
        properties.put("mail.mime.allowutf8", "true");
        this.authenticator = hasPassword ? authenticator(config) : null;
        this.session = Session.getInstance(properties);
    }

    /**
     * Returns when the server has taken it.
     *
     * @param id the same for the same mail sent again, so that its reader is shown it once; letters, digits, dots and hyphens
     * @throws MailUnavailableException when it may be taken later
     * @throws MailRefusedException when it never will
     */
    public void send(String id, String recipient, String subject, String text) {
        try {
            var message = new Identified(session, "<%s@%s>".formatted(id, domain()));
            message.setFrom(from);
            message.setRecipient(RecipientType.TO, new InternetAddress(recipient, true));
            message.setSubject(subject, StandardCharsets.UTF_8.name());
            message.setText(text, StandardCharsets.UTF_8.name());
            message.setSentDate(new Date());
            // What answers by itself is not to answer this (RFC 3834)
            message.setHeader("Auto-Submitted", "auto-generated");
            message.saveChanges();
            hand(message);
        } catch (AddressException none) {
            throw new MailRefusedException("The address is not one that mail can be sent to", none);
        } catch (SendFailedException failed) {
            if (isPermanent(failed)) {
                throw new MailRefusedException("The mail server does not take mail for this address", failed);
            }
            throw new MailUnavailableException("The mail server did not take a mail", failed);
        } catch (MessagingException failed) {
            throw new MailUnavailableException("The mail server cannot be reached", failed);
        }
    }

    private void hand(MimeMessage message) throws MessagingException {
        // not Transport.send: what its close throws would hide that the mail was taken, and it would be sent again
        PatientTransport transport = PatientTransport.of(properties, authenticator, longestToTake);
        try {
            transport.connect();
            transport.sendMessage(message, message.getAllRecipients());
        } finally {
            try {
                transport.close();
            } catch (MessagingException failed) {
                log.debug("The connection to the mail server did not end in good order", failed);
            }
        }
    }

    private static boolean isPermanent(SendFailedException failed) {
        for (@Nullable Exception next = failed.getNextException();
                next != null;
                next = next instanceof MessagingException more ? more.getNextException() : null) {
            if (next instanceof SMTPAddressFailedException refused) {
                return refused.getReturnCode() >= PERMANENT;
            }
        }
        return false;
    }

    private String domain() {
        String address = from.getAddress();
        return address.substring(address.lastIndexOf('@') + 1);
    }

    /** Mails hold what opens accounts: elsewhere nobody on the way may read them, nor have them sent in plain text by taking the offer away. */
    static boolean requiresTls(MailConfig config) {
        return !config.plainText() && !isThisMachine(config.host());
    }

    private static boolean isThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException elsewhere) {
            return false;
        }
    }

    private static Authenticator authenticator(MailConfig config) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(config.username(), config.password());
            }
        };
    }

    /** Jakarta Mail makes up an id of its own whenever a message is saved. */
    private static final class Identified extends MimeMessage {

        private final String id;

        Identified(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
