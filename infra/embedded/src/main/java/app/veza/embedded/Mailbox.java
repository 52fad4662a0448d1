package app.veza.embedded;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Received mails, a file ({@code .eml}) for each recipient, which any mail program opens. */
public record Mailbox(Path directory) {

    private static final AtomicLong NUMBER = new AtomicLong(System.currentTimeMillis() * 1000);

    /** In the order of arrival. */
    public List<ReceivedMail> mails() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .sorted()
                    .map(Mailbox::read)
                    .toList();
        } catch (IOException e) {
            throw new EmbeddedPlatformException("Cannot read " + directory + ": make it readable for this user.", e);
        }
    }

    public List<ReceivedMail> mailsTo(String recipient) {
        return mails().stream()
                .filter(mail -> mail.recipient().equalsIgnoreCase(recipient))
                .toList();
    }

    void keep(MimeMessage message, String recipient) throws MessagingException {
        Path file = directory.resolve("%020d_%s.eml".formatted(NUMBER.incrementAndGet(), fileName(recipient)));
        try {
            var bytes = new ByteArrayOutputStream();
            message.writeTo(bytes);
            Path fresh = Files.write(directory.resolve(file.getFileName() + ".new"), bytes.toByteArray());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new MessagingException("cannot keep the mail", e);
        }
    }

    private static ReceivedMail read(Path file) {
        String name = file.getFileName().toString();
        String recipient = name.substring(name.indexOf('_') + 1, name.length() - ".eml".length());
        try (InputStream bytes = Files.newInputStream(file)) {
            return ReceivedMail.of(recipient, new MimeMessage(Session.getInstance(new Properties()), bytes));
        } catch (IOException | MessagingException e) {
            throw new EmbeddedPlatformException("Cannot read the mail " + file + ": delete it.", e);
        }
    }

    private static String fileName(String recipient) {
        return recipient.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9@.+_-]", "-");
    }
}
