package app.veza.server.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the container sends what failed before an endpoint was reached: in a filter, or at the firewall of requests. */
@Hidden
@RestController
final class ErrorEndpoint implements ErrorController {

    private static final URI NOWHERE = URI.create("about:blank");

    @RequestMapping("/error")
    ResponseEntity<Object> answer(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof RuntimeException failure) {
            // On to the advice, which knows what it means
            throw failure;
        }
        HttpStatusCode status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? HttpStatusCode.valueOf(code)
                : HttpStatus.NOT_FOUND;
        ProblemDetail problem = Problems.of(status);
        // Not Spring's choice, which is this path; the real one may be what was refused, and no URI
        problem.setInstance(NOWHERE);
        return Problems.answer(problem);
    }
}
