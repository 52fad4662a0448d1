package app.veza.reaction.webhook;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes posts to the world. */
@FunctionalInterface
public interface WebhookTransport {

    /**
     * How a post was answered: by one of the two.
     *
     * @param status of HTTP
     * @param failure in one word why there was no answer
     */
    record Answer(@Nullable Integer status, @Nullable String failure) {

        private static final int GONE = 410;

        boolean isTaken() {
            return status != null && status >= 200 && status < 300;
        }

        boolean isGone() {
            return status != null && status == GONE;
        }

        String word() {
            return status == null ? String.valueOf(failure) : status.toString();
        }
    }

    /** Within a quarter of a minute, or so. */
    Answer post(URI url, Map<String, String> headers, byte[] body);
}
