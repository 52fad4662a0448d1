package app.veza.query.http;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Why a read gets no answer, as problems of RFC 9457. */
public final class Problems {

    private static final String RETRY_AFTER_SECONDS = "1";

    private Problems() {}

    /** @param detail one sentence; it must not tell whether what the caller may not see exists */
    public static ErrorResponseException notFound(String detail) {
        return new ErrorResponseException(
                HttpStatus.NOT_FOUND, problem(HttpStatus.NOT_FOUND, "not-found", "Not found", detail), null);
    }

    public static ErrorResponseException notAMember() {
        return refused("not-a-member", "Not a member", "Only members may read this room. It is public: join it first.");
    }

    /** @param detail one sentence: who may */
    public static ErrorResponseException forbidden(String detail) {
        return refused("forbidden", "Not allowed", detail);
    }

    private static ErrorResponseException refused(String slug, String title, String detail) {
        return new ErrorResponseException(
                HttpStatus.FORBIDDEN, problem(HttpStatus.FORBIDDEN, slug, title, detail), null);
    }

    /** @param parameter name of a query parameter or header */
    public static ErrorResponseException malformed(String parameter, String detail) {
        ProblemDetail problem =
                problem(HttpStatus.BAD_REQUEST, "malformed", "Malformed request", "The request cannot be understood.");
        problem.setProperty("errors", List.of(Map.of("pointer", "/" + parameter, "detail", detail)));
        return new ErrorResponseException(HttpStatus.BAD_REQUEST, problem, null);
    }

    /** @param parameter name of a query parameter whose value can be read and cannot be meant */
    public static ErrorResponseException invalid(String parameter, String detail) {
        ProblemDetail problem = problem(
                HttpStatus.UNPROCESSABLE_CONTENT, "invalid", "Invalid input", "The request asks for what cannot be.");
        problem.setProperty("errors", List.of(Map.of("pointer", "/" + parameter, "detail", detail)));
        return new ErrorResponseException(HttpStatus.UNPROCESSABLE_CONTENT, problem, null);
    }

    static ErrorResponseException behind(long wanted, long reached) {
        ProblemDetail problem = problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "read-model-behind",
                "Read model behind",
                "The read model has reached position %d, not yet %d. Ask again.".formatted(reached, wanted));
        ErrorResponseException behind = new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE, problem, null);
        behind.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return behind;
    }

    /** What is asked for is in a read model that is being filled anew, by this version of Veza. */
    static ErrorResponseException beingFilled(Throwable cause) {
        ProblemDetail problem = problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "read-model-behind",
                "Read model behind",
                "The read model for this version is still being filled. Ask again.");
        ErrorResponseException filling = new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE, problem, cause);
        filling.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return filling;
    }

    private static ProblemDetail problem(HttpStatus status, String slug, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("https://veza.app/problems/" + slug));
        problem.setTitle(title);
        return problem;
    }
}
