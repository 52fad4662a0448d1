package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A client of the product, as anybody could write one from API.md: plain HTTP and JSON, nothing of the server's code. */
public final class Client {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final String base;
    private final @Nullable String token;

    public Client(String base, @Nullable String token) {
        this.base = base;
        this.token = token;
    }

    /** @param body of the answer; missing when it has none */
    public record Answer(int status, JsonNode body, java.net.http.HttpHeaders headers) {

        public String text(String field) {
            return body.path(field).asString();
        }

        public long position() {
            return headers.firstValueAsLong("Veza-Position").orElseThrow();
        }

        /** Path of the absolute URL that it points to: what is public of a platform under test has no port. */
        String pointsTo() {
            URI location = URI.create(headers.firstValue("Location").orElseThrow());
            assertThat(location.isAbsolute()).as("%s", location).isTrue();
            return location.getPath();
        }

        public String problem() {
            String type = text("type");
            return type.substring(type.lastIndexOf('/') + 1);
        }
    }

    public String base() {
        return base;
    }

    @Nullable
    String token() {
        return token;
    }

    public Client as(String accessToken) {
        return new Client(base, accessToken);
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /** How long from now on a request that is sent is still let in; asked again and again until one gets 401. */
    public Duration letInFor(String path) {
        long from = System.nanoTime();
        long letIn = from;
        for (long sent = from; get(path).status() != 401; sent = System.nanoTime()) {
            letIn = sent;
            if (letIn - from > Duration.ofSeconds(30).toNanos()) {
                throw new AssertionError(path + " is still answered");
            }
        }
        return Duration.ofNanos(letIn - from);
    }

    public Answer post(String path, Map<String, ?> body, String... headers) {
        return send("POST", path, JSON.writeValueAsString(body), headers);
    }

    public Answer put(String path, Map<String, ?> body) {
        return send("PUT", path, JSON.writeValueAsString(body));
    }

    /** @param body sent as it is, malformed or not */
    public Answer send(String method, String path, @Nullable String body, String... headers) {
        return exchange(method, path, "application/json", body, headers);
    }

    Answer sendAs(String contentType, String path, String body) {
        return exchange("POST", path, contentType, body);
    }

    /** Puts a file where an answer of {@code POST /api/uploads} says. @return the storage's status */
    static int upload(Answer offered, String contentType, byte[] content) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(offered.text("uploadUrl")))
                .header("Content-Type", contentType)
                .PUT(BodyPublishers.ofByteArray(content))
                .build();
        return exchange(request).statusCode();
    }

    private Answer exchange(String method, String path, String contentType, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null) {
            request.header("Content-Type", contentType);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> answer = exchange(request.build());
        JsonNode json = answer.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(answer.body());
        return new Answer(answer.statusCode(), json, answer.headers());
    }

    private static HttpResponse<String> exchange(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
