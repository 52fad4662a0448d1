package app.veza.stores;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server that takes mails, by SMTP.
 *
 * @param username null: it wants none
 * @param from whom mails are from, such as {@code Veza <no-reply@veza.example>}
 * @param plainText mails may go over the network as they are, where the server does not offer TLS
 */
public record MailConfig(
        String host,
        int port,
        @Nullable String username,
        @Nullable String password,
        String from,
        boolean plainText) {

    private static final String FROM = "Veza <no-reply@localhost>";
    private static final int SUBMISSION = 587;

    /**
     * Reads {@code veza.mail.host} and, with defaults, {@code veza.mail.{port,username,password,from,plain-text}}.
     *
     * @throws IllegalArgumentException naming the property that is missing or wrong
     */
    public static MailConfig from(Map<String, String> properties) {
        String host = properties.get("veza.mail.host");
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException("veza.mail.host is missing");
        }
        String port = properties.getOrDefault("veza.mail.port", Integer.toString(SUBMISSION));
        if (!port.matches("[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException("veza.mail.port is not a port: " + port);
        }
        return new MailConfig(
                host,
                Integer.parseInt(port),
                properties.get("veza.mail.username"),
                properties.get("veza.mail.password"),
                properties.getOrDefault("veza.mail.from", FROM),
                Boolean.parseBoolean(properties.getOrDefault("veza.mail.plain-text", "false")));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MailConfig[%s:%d, %s]".formatted(host, port, from);
    }
}
