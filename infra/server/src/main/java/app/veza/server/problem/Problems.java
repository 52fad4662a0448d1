package app.veza.server.problem;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Makes the answers of RFC 9457. Types are {@code https://veza.app/problems/<slug>}; a slug, once published, keeps its meaning. */
public final class Problems {

    private static final String BASE = "https://veza.app/problems/";

    private Problems() {}

    /** A place in the request, as a JSON pointer, and what is wrong there. */
    public record Fault(String pointer, String detail) {}

    public static ProblemDetail of(HttpStatusCode status, String slug, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(BASE + slug));
        problem.setTitle(title);
        return problem;
    }

    /** For who knows nothing but the status. */
    public static ProblemDetail of(HttpStatusCode status) {
        return switch (status.value()) {
            case 401 -> of(status, "unauthenticated", "Not authenticated", "This needs an access token.");
            case 403 -> of(status, "forbidden", "Not allowed", "This is not allowed.");
            case 404 -> of(status, "not-found", "Not found", "There is nothing here.");
            case 405 -> of(status, "method-not-allowed", "Method not allowed", "This path knows other methods.");
            case 406 -> of(status, "not-acceptable", "Not acceptable", "Answers are application/json.");
            case 408 -> of(status, "too-slow", "Request too slow", "The body did not come in time.");
            case 413 -> of(status, "too-large", "Body too large", "The body is too large.");
            case 415 -> of(status, "unsupported-media-type", "Unsupported media type", "Bodies are application/json.");
            case 422 -> of(status, "invalid", "Invalid input", "The input breaks rules.");
            case 429 -> of(status, "too-many-requests", "Too many requests", "Come back later.");
            case 503 -> of(status, "unavailable", "Temporarily unavailable", "Try again later.");
            default ->
                status.is4xxClientError()
                        ? of(status, "malformed", "Malformed request", "The request is not well-formed HTTP.")
                        : of(status, "internal", "Internal error", "This is a fault of the server.");
        };
    }

    static ProblemDetail withErrors(ProblemDetail problem, List<?> errors) {
        problem.setProperty("errors", errors);
        return problem;
    }

    static ResponseEntity<Object> answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    static ResponseEntity<Object> answer(ProblemDetail problem, Duration retryAfter) {
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())))
                .body(problem);
    }

    /** A 401 names the scheme that would do (RFC 9110, section 11.6.1). */
    static ResponseEntity<Object> challenge(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .body(problem);
    }
}
