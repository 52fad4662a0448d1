package app.veza.gateway;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Answer of an {@link HttpHandler}. The body is not copied: it must not change afterwards. */
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public static HttpAnswer of(int status, String contentType, byte[] body) {
        return new HttpAnswer(status, Map.of("content-type", contentType), body);
    }

    public static HttpAnswer json(int status, String json) {
        return of(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** A problem's {@code retryAfter}, in seconds, stands in the header too. */
    public static HttpAnswer problem(Problem problem) {
        HttpAnswer answer = of(problem.status(), Problem.CONTENT_TYPE, JSON.writeValueAsBytes(problem.members()));
        Object retryAfter = problem.extensions().get("retryAfter");
        return retryAfter == null ? answer : answer.with("retry-after", retryAfter.toString());
    }

    public HttpAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpAnswer(status, more, body);
    }
}
