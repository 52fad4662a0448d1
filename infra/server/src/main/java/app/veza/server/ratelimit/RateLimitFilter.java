package app.veza.server.ratelimit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Behind authentication, before anything is allowed or done: a person and an address are charged in one step. A token that is
 * refused never comes here; whoever answers it asks {@link RateLimits} too. No component, lest the container call it once more.
 */
public final class RateLimitFilter extends OncePerRequestFilter {

    private final RateLimits limits;

    public RateLimitFilter(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (isOperator(authentication)
                || limits.admit(
                        request,
                        response,
                        authentication instanceof JwtAuthenticationToken person ? person.getName() : null)) {
            chain.doFilter(request, response);
        }
    }

    /** Who holds the machine's own token is not kept from mending it. */
    private static boolean isOperator(@Nullable Authentication authentication) {
        return authentication instanceof PreAuthenticatedAuthenticationToken;
    }
}
