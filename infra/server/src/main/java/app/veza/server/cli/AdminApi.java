package app.veza.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
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

        Query copy() {
            Query copy = new Query();
            copy.pairs.addAll(pairs);
            return copy;
        }

        String text() {
            return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
        }
    }

    /**
     * @param position what {@code Veza-Position} says, or -1
     * @param log whose positions the answer gives
     */
    record Answer(JsonNode body, long position, String log) {}

    /** No node answers just now, which may change. */
    static final class Silence extends CommandFailure {
        private static final long serialVersionUID = 1L;

        Silence(IOException cause) {
            super(
                    "No node of the platform answers (%s): './veza status' tells how they are."
                            .formatted(cause.getMessage()),
                    cause);
        }
    }

    /** @throws CommandFailure in the platform's own words when it refuses, or saying that it does not answer */
    Answer get(String path, Query query) {
        try {
            return answer(answered(path + query.text(), "application/json", null));
        } catch (IOException e) {
            throw silent(e);
        }
    }

    /** @throws CommandFailure as {@link #get} */
    Answer post(String path, Object body) {
        byte[] json = JSON.writeValueAsBytes(body);
        try {
            return answer(connected(path, request -> {
                request.setRequestMethod("POST");
                request.setRequestProperty("Accept", "application/json");
                request.setRequestProperty("Content-Type", "application/json");
                request.setDoOutput(true);
                request.getOutputStream().write(json);
            }));
        } catch (IOException e) {
            throw silent(e);
        }
    }

    /** @throws CommandFailure as {@link #get} */
    Answer delete(String path, Query query) {
        try {
            return answer(connected(path + query.text(), request -> {
                request.setRequestMethod("DELETE");
                request.setRequestProperty("Accept", "application/json");
            }));
        } catch (IOException e) {
            throw silent(e);
        }
    }

    /** One segment of a path. */
    static String segment(String text) {
        // made for forms, where a blank is a plus
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Answer answer(HttpURLConnection request) throws IOException {
        if (request.getResponseCode() >= HttpURLConnection.HTTP_MULT_CHOICE) {
            throw new CommandFailure(refusal(request));
        }
        try (InputStream body = request.getInputStream()) {
            return new Answer(
                    JSON.readTree(body),
                    request.getHeaderFieldLong("Veza-Position", -1),
                    request.getHeaderField("Veza-Log"));
        }
    }

    private static Silence silent(IOException e) {
        return new Silence(e);
    }

    /**
     * Opens a stream of server-sent events.
     *
     * @param lastEventId behind which it goes on
     * @throws IOException when the platform cannot give it just now
     * @throws CommandFailure when it never will
     */
    InputStream stream(String path, Query query, String lastEventId) throws IOException {
        HttpURLConnection request =
                answered(path + query.text(), "text/event-stream, application/problem+json", lastEventId);
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

    private HttpURLConnection answered(String path, String accepted, @Nullable String lastEventId) throws IOException {
        return connected(path, request -> {
            request.setRequestProperty("Accept", accepted);
            if (lastEventId != null) {
                request.setRequestProperty("Last-Event-ID", lastEventId);
            }
        });
    }

    /** What is sent with the token, once the connection stands. */
    private interface Sending {
        void to(HttpURLConnection request) throws IOException;
    }

    /** Asks the first node that answers. */
    private HttpURLConnection connected(String path, Sending sending) throws IOException {
        IOException silence = new IOException("the platform has no node");
        for (NodeAddress node : RunState.require(data).nodes()) {
            try {
                HttpURLConnection request = node.open(path);
                request.setConnectTimeout(CONNECT_MILLIS);
                request.setReadTimeout(READ_MILLIS);
                request.setRequestProperty("Authorization", "Bearer " + token());
                sending.to(request);
                request.getResponseCode();
                return request;
            } catch (IOException e) {
                silence = e;
            }
        }
        throw silence;
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
