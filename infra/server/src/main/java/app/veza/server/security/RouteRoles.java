package app.veza.server.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.util.AntPathMatcher;

/**
 * Which roles a route demands beside a valid token, one line a route, for the security chain and the OpenAPI document alike: any of
 * those of the first line that matches. A route without a line is for everybody who is signed in.
 */
public final class RouteRoles {

    /** Nobody's role: who holds the operator's token has it, see {@link OperatorToken}. */
    static final String OPERATOR = "operator";

    private static final List<Line> LINES = List.of(
            new Line(null, "/api/admin/admins", List.of(OPERATOR)),
            new Line(null, "/api/admin/audit", List.of("admin")),
            new Line(null, "/api/admin/signing-keys", List.of(OPERATOR)),
            new Line(null, "/api/admin/**", List.of("engineer")),
            new Line(null, "/api/analytics/**", List.of("analyst", "admin")),
            new Line(null, "/api/users/*/sessions", List.of("admin")),
            new Line(HttpMethod.PUT, "/api/users/*/roles", List.of("admin")));

    private static final AntPathMatcher MATCHER = new AntPathMatcher();

    /** @param method null for every one */
    private record Line(@Nullable HttpMethod method, String pattern, List<String> roles) {}

    private RouteRoles() {}

    /** Any of these is needed; empty for a route that demands none. */
    public static List<String> of(HttpMethod method, String path) {
        return LINES.stream()
                .filter(line -> line.method() == null || line.method().equals(method))
                .filter(line -> MATCHER.match(line.pattern(), path))
                .findFirst()
                .map(Line::roles)
                .orElse(List.of());
    }

    static void demand(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry allow) {
        for (Line line : LINES) {
            String[] roles = line.roles().toArray(String[]::new);
            if (line.method() == null) {
                allow.requestMatchers(line.pattern()).hasAnyRole(roles);
            } else {
                allow.requestMatchers(line.method(), line.pattern()).hasAnyRole(roles);
            }
        }
        allow.anyRequest().authenticated();
    }
}
