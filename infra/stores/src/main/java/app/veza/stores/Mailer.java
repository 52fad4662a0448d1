package app.veza.stores;

import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.jspecify.annotations.Nullable;

/** Sends mails of plain text. TLS is used where the server offers it, and is demanded before a password leaves this machine. */
public final class Mailer {

    private static final String TIMEOUT_MILLIS = "10000";
    private static final int PERMANENT = 500;

    private final Session session;
    private final InternetAddress from;

    /** @throws IllegalArgumentException when {@code from} is no address */
    public Mailer(MailConfig config) {
        try {
            this.from = new InternetAddress(config.from(), true);
        } catch (AddressException e) {
            throw new IllegalArgumentException("veza.mail.from is not an address: " + config.from(), e);
        }
        boolean hasPassword = config.username() != null && config.password() != null;
        var properties = new Properties();
        properties.put("mail.smtp.host", config.host());
        properties.put("mail.smtp.port", Integer.toString(config.port()));
        properties.put("mail.smtp.connectiontimeout", TIMEOUT_MILLIS);
        properties.put("mail.smtp.timeout", TIMEOUT_MILLIS);
        properties.put("mail.smtp.writetimeout", TIMEOUT_MILLIS);
        properties.put("mail.smtp.starttls.enable", "true");
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.auth", Boolean.toString(hasPassword));
        properties.put("mail.smtp.starttls.required", Boolean.toString(hasPassword && !isThisMachine(config.host())));
        // An address may be in Unicode where the server can take it (RFC 6531)
        properties.put("mail.mime.allowutf8", "true");
        this.session = Session.getInstance(properties, hasPassword ? authenticator(config) : null);
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
            Transport.send(message);
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
