package app.veza.server.security;

import app.veza.server.problem.Problems;
import app.veza.server.ratelimit.RateLimits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers requests that the security chain turns away, in the same words and shape as every other error. */
@Component
final class ProblemEntryPoint implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final JsonMapper json;
    private final RateLimits limits;

    ProblemEntryPoint(JsonMapper json, RateLimits limits) {
        this.json = json;
        this.limits = limits;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        // A token that is refused has not been counted yet
        if (!limits.admit(request, response, null)) {
            return;
        }
        boolean sentOne = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
        String detail = sentOne
                ? "The access token is not valid, has expired or its session is over: log in or refresh."
                : "This needs an access token: log in and send it as 'Authorization: Bearer TOKEN'.";
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, sentOne ? "Bearer error=\"invalid_token\"" : "Bearer");
        write(response, Problems.of(HttpStatus.UNAUTHORIZED, "unauthenticated", "Not authenticated", detail));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        write(response, Problems.of(HttpStatus.FORBIDDEN, "forbidden", "Not allowed", "Your roles do not allow this."));
    }

    private void write(HttpServletResponse response, ProblemDetail problem) throws IOException {
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), problem);
    }
}
