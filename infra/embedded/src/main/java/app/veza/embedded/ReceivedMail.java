package app.veza.embedded;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Objects;

/**
 * @param recipient of the envelope, in lower case
 * @param sender the From header
 * @param text all text parts, plain and HTML, one after another
 */
public record ReceivedMail(String recipient, String sender, String subject, String text) {

    static ReceivedMail of(String recipient, MimeMessage message) throws MessagingException, IOException {
        return new ReceivedMail(
                recipient,
                Objects.requireNonNullElse(message.getHeader("From", ", "), ""),
                Objects.requireNonNullElse(message.getSubject(), ""),
                text(message));
    }

    private static String text(Part part) throws MessagingException, IOException {
        Object content = part.getContent();
        if (content instanceof String text) {
            return text;
        }
        var texts = new StringBuilder();
        if (content instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                texts.append(text(parts.getBodyPart(i)));
            }
        }
        return texts.toString();
    }
}
