package app.veza.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Asks a node how it is. */
final class HealthProbe {

    private static final int CONNECT_MILLIS = 1_000;
    /** The node bounds its own look at every part by 2 s. */
    private static final int READ_MILLIS = 5_000;

    private HealthProbe() {}

    /** @param body JSON, with status 200 as with 503 */
    record Answer(int status, String body) {}

    static boolean isUp(NodeAddress node) {
        return ask(node).filter(answer -> answer.status() == 200).isPresent();
    }

    /** Empty when nobody answers. */
    static Optional<Answer> ask(NodeAddress node) {
        try {
            HttpURLConnection request = node.open("/api/health");
            request.setConnectTimeout(CONNECT_MILLIS);
            request.setReadTimeout(READ_MILLIS);
            int status = request.getResponseCode();
            try (InputStream body = status < 400 ? request.getInputStream() : request.getErrorStream()) {
                String text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
                return Optional.of(new Answer(status, text));
            }
        } catch (IOException nobodyThere) {
            return Optional.empty();
        }
    }
}
