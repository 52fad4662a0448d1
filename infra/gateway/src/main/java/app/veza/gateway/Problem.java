package app.veza.gateway;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A problem of RFC 9457, in an HTTP answer or in an {@code error} frame.
 *
 * @param type URI that names the kind of problem, stable
 * @param status HTTP status; in a frame the one that the same refusal has over HTTP
 * @param errors what is wrong with the input, by JSON pointer; empty when the problem is another
 * @param extensions further members, such as {@code retryAfter}
 */
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        List<Violation> errors,
        Map<String, Object> extensions) {

    public static final String CONTENT_TYPE = "application/problem+json";
    private static final String TYPES = "https://veza.app/problems/";

    /** Most of what is away comes back within seconds. */
    private static final Duration AWAY = Duration.ofSeconds(1);

    /** One fault of the input: {@code pointer} is a JSON pointer into it. */
    public record Violation(String pointer, String detail) {}

    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("A problem's status is 400 to 599, not " + status);
        }
        errors = List.copyOf(errors);
        extensions = Map.copyOf(extensions);
    }

    public static Problem of(int status, String slug, String title, @Nullable String detail) {
        return new Problem(TYPES + slug, title, status, detail, List.of(), Map.of());
    }

    public static Problem malformed(@Nullable String detail) {
        return of(400, "malformed", "Malformed request", detail);
    }

    public static Problem unavailable(@Nullable String detail) {
        return of(503, "unavailable", "Temporarily unavailable", detail).retryAfter(AWAY);
    }

    public static Problem internal() {
        return of(500, "internal", "Internal error", null);
    }

    public Problem with(Violation violation) {
        List<Violation> more = new java.util.ArrayList<>(errors);
        more.add(violation);
        return new Problem(type, title, status, detail, more, extensions);
    }

    /** @param wait after which to come again; told in whole seconds, rounded up: who waits so long is not too early */
    public Problem retryAfter(Duration wait) {
        Map<String, Object> more = new LinkedHashMap<>(extensions);
        more.put("retryAfter", wait.plusMillis(999).toSeconds());
        return new Problem(type, title, status, detail, errors, more);
    }

    /** The members as they stand on the wire, absent ones left out. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", type);
        members.put("title", title);
        members.put("status", status);
        if (detail != null) {
            members.put("detail", detail);
        }
        if (!errors.isEmpty()) {
            members.put("errors", errors);
        }
        extensions.forEach(members::putIfAbsent);
        return members;
    }
}
