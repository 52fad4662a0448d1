package app.veza.server.security;

import java.util.List;
import org.springframework.util.AntPathMatcher;

/** What needs no access token. */
public final class PublicPaths {

    static final List<String> PATTERNS = List.of(
            "/auth/register",
            "/auth/login",
            "/auth/oauth2/*",
            "/auth/oauth2/*/callback",
            "/auth/refresh",
            "/auth/password/forgot",
            "/auth/password/reset",
            "/auth/email/verify",
            "/api/erasures/*",
            "/.well-known/jwks.json",
            "/openapi.json",
            "/asyncapi.json",
            "/asyncapi/events.json",
            "/api/health",
            "/actuator/health/**",
            "/actuator/prometheus",
            "/error");

    private static final AntPathMatcher MATCHER = new AntPathMatcher();

    private PublicPaths() {}

    public static boolean contain(String path) {
        return PATTERNS.stream().anyMatch(pattern -> MATCHER.match(pattern, path));
    }
}
