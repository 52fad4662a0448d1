package app.veza.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * @param directory mails and secrets; null: a temporary one, deleted by close
 * @param port 0: a free one, kept over restarts of this instance
 */
public record MailServerOptions(@Nullable Path directory, int port) {

    public static MailServerOptions temporary() {
        return new MailServerOptions(null, 0);
    }

    public static MailServerOptions in(Path directory) {
        return new MailServerOptions(directory, 0);
    }

    public MailServerOptions withPort(int port) {
        return new MailServerOptions(directory, port);
    }
}
