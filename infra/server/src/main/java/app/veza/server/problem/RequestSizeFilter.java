package app.veza.server.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses a body that says it is too large, or packed, before a byte of it is read. One that does not say its length is cut off by the
 * JSON reader's own limit, which is the same.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestSizeFilter extends OncePerRequestFilter {

    private final JsonMapper json;
    private final DataSize limit;

    RequestSizeFilter(JsonMapper json, @Value("${veza.http.max-body}") DataSize limit) {
        this.json = json;
        this.limit = limit;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (request.getContentLengthLong() > limit.toBytes()) {
            refuse(response, ProblemAdvice.tooLarge(limit));
        } else if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            response.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
            refuse(response, encoded());
        } else {
            chain.doFilter(request, response);
        }
    }

    private static ProblemDetail encoded() {
        ProblemDetail problem = Problems.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
        problem.setDetail("A body is sent as it is, without a Content-Encoding.");
        return problem;
    }

    private void refuse(HttpServletResponse response, ProblemDetail problem) throws IOException {
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), problem);
    }
}
