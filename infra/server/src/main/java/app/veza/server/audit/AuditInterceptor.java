package app.veza.server.audit;

import app.veza.event.identity.PrivilegedRequestMade;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Behind security, so what comes here was allowed; how it ended is known when it has. A stream counts when it begins. */
final class AuditInterceptor implements AsyncHandlerInterceptor {

    private static final int LONGEST_PATH = 500;
    private static final String KEPT = AuditInterceptor.class.getName();

    private final AuditLog audit;

    AuditInterceptor(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        keep(request, response);
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        keep(request, response);
    }

    private void keep(HttpServletRequest request, HttpServletResponse response) {
        String path = request.getRequestURI();
        if (request.getAttribute(KEPT) == null
                && request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String route
                && AuditedRoutes.contain(HttpMethod.valueOf(request.getMethod()), route, response.getStatus())) {
            request.setAttribute(KEPT, true);
            Authentication who = SecurityContextHolder.getContext().getAuthentication();
            UUID person = who instanceof JwtAuthenticationToken known ? UUID.fromString(known.getName()) : null;
            if (person == null && AuditedRoutes.isRead(request.getMethod())) {
                // The command line's: who can read the operator's token can read the stores, and what it shows would
                // change by it
                return;
            }
            audit.record(new PrivilegedRequestMade(
                    person == null ? AuditLog.OPERATOR : person,
                    request.getMethod(),
                    route,
                    path.substring(0, Math.min(path.length(), LONGEST_PATH)),
                    response.getStatus(),
                    person == null ? null : request.getRemoteAddr()));
        }
    }
}
