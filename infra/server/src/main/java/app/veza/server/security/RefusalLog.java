package app.veza.server.security;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Notes whom what was not allowed, whether the route's roles or the decision refused it: a line and a count each. */
final class RefusalLog extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);
    private static final int LONGEST_PATH = 500;

    private final Counter refusals;

    RefusalLog(MeterRegistry meters) {
        this.refusals = Counter.builder("security.refusals")
                .description("Requests that were not allowed to who made them (403)")
                .register(meters);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (response.getStatus() == HttpStatus.FORBIDDEN.value()) {
            refusals.increment();
            Authentication who = SecurityContextHolder.getContext().getAuthentication();
            String path = request.getRequestURI();
            log.info(
                    "Not allowed to {}: {} {}",
                    who == null ? "nobody" : who.getName(),
                    request.getMethod(),
                    path.substring(0, Math.min(path.length(), LONGEST_PATH)));
        }
    }
}
