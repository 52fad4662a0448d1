package app.veza.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The running platform's {@code /api/admin}, asked with the operator's token. */
final class AdminApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 30_000;

    private final DataDirectory data;

    AdminApi(DataDirectory data) {
        this.data = data;
    }

    /** Names and values of a query, in order; a name may come several times. */
    static final class Query {
        private final List<String> pairs = new ArrayList<>();

        Query with(String name, @Nullable Object value) {
            if (value != null) {
                pairs.add(name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
            }
            return this;
        }

        Query with(String name, List<String> values) {
            values.forEach(value -> with(name, value));
            return this;
        }

        String text() {
            return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
        }
    }

    /** @param position what {@code Veza-Position} says, or -1 */
    record Answer(JsonNode body, long position) {}

    /** @throws CommandFailure in the platform's own words when it refuses, or saying that it does not answer */
    Answer get(String path, Query query) {
        RunState state = RunState.require(data);
        try {
            HttpURLConnection request = request(state, path + query.text());
            if (request.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new CommandFailure(refusal(request));
            }
            try (InputStream body = request.getInputStream()) {
                return new Answer(JSON.readTree(body), request.getHeaderFieldLong("Veza-Position", -1));
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    "The node at %s does not answer (%s): './veza status' tells how it is."
                            .formatted(state.nodes().getFirst().http(), e.getMessage()),
                    e);
        }
    }

    /**
     * Opens a stream of server-sent events.
     *
     * @throws IOException when the platform cannot give it just now
     * @throws CommandFailure when it never will
     */
    InputStream stream(String path, Query query, long after) throws IOException {
        HttpURLConnection request = request(RunState.require(data), path + query.text());
        request.setRequestProperty("Accept", "text/event-stream, application/problem+json");
        request.setRequestProperty("Last-Event-ID", Long.toString(after));
        int status = request.getResponseCode();
        if (status == HttpURLConnection.HTTP_OK) {
            return request.getInputStream();
        }
        String refusal = refusal(request);
        if (status >= 500) {
            throw new IOException(refusal);
        }
        throw new CommandFailure(refusal);
    }

    private HttpURLConnection request(RunState state, String path) throws IOException {
        HttpURLConnection request = (HttpURLConnection)
                URI.create(state.nodes().getFirst().http() + path).toURL().openConnection();
        request.setConnectTimeout(CONNECT_MILLIS);
        request.setReadTimeout(READ_MILLIS);
        request.setRequestProperty("Authorization", "Bearer " + token());
        return request;
    }

    private String token() {
        Path file = data.operatorToken();
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandFailure("%s cannot be read: run this as the user who started Veza.".formatted(file), e);
        }
    }

    private static String refusal(HttpURLConnection request) throws IOException {
        int status = request.getResponseCode();
        try (InputStream body = request.getErrorStream()) {
            String detail =
                    body == null ? "" : JSON.readTree(body).path("detail").asString("");
            return detail.isEmpty() ? "The platform answered with status " + status + "." : detail;
        } catch (JacksonException noProblem) {
            return "The platform answered with status " + status + ".";
        }
    }
}
