package app.veza.bench.demo;

import java.io.IOException;
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

/** One person's client of the public API. It waits when it is told to, and repeats nothing without a key. */
final class DemoClient {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final URI base;
    private final @Nullable String token;

    /** @param base of every path, with or without one of its own */
    DemoClient(URI base) {
        this(URI.create(base.toString().replaceFirst("/+$", "")), null);
    }

    private DemoClient(URI base, @Nullable String token) {
        this.base = base;
        this.token = token;
    }

    DemoClient as(String accessToken) {
        return new DemoClient(base, accessToken);
    }

    @Nullable
    String token() {
        return token;
    }

    record Answer(int status, JsonNode body) {
        String text(String field) {
            return body.path(field).asString();
        }
    }

    Answer get(String path) throws InterruptedException {
        return send("GET", path, null, null);
    }

    /** @param key of the command, the same in each run; its answer is then the same, too */
    JsonNode command(String method, String path, @Nullable Map<String, ?> body, String key)
            throws InterruptedException {
        Answer answer = send(method, path, body, key);
        if (answer.status() >= 300) {
            throw refused(method, path, answer);
        }
        return answer.body();
    }

    static IllegalStateException refused(String method, String path, Answer answer) {
        return new IllegalStateException(
                "%s %s was answered with %d: %s".formatted(method, path, answer.status(), answer.text("detail")));
    }

    /** Waits as long as the platform says when there is too much at a time, or when it is not ready. */
    Answer send(String method, String path, @Nullable Map<String, ?> body, @Nullable String key)
            throws InterruptedException {
        HttpRequest request = request(method, path, body, key);
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (true) {
            HttpResponse<String> answer = exchange(request);
            if ((answer.statusCode() != 429 && answer.statusCode() != 503) || System.nanoTime() - deadline > 0) {
                JsonNode json = answer.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(answer.body());
                return new Answer(answer.statusCode(), json);
            }
            Thread.sleep(Duration.ofSeconds(
                    answer.headers().firstValueAsLong("Retry-After").orElse(1)));
        }
    }

    private HttpRequest request(String method, String path, @Nullable Map<String, ?> body, @Nullable String key) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return request.method(
                        method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
    }

    private HttpResponse<String> exchange(HttpRequest request) throws InterruptedException {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new IllegalStateException(
                    "%s does not answer: is the platform up? ('./veza status' tells)".formatted(base), failure);
        }
    }
}
