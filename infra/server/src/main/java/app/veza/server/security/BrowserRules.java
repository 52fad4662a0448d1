package app.veza.server.security;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/**
 * What browsers are told: whose pages may call us, what our own page may do, and that nothing else of ours is a page. TLS may end before
 * us, so whether we are called by https is what the public URL says, and not the connection.
 */
public final class BrowserRules {

    private static final Duration PREFLIGHT = Duration.ofHours(1);
    private static final Duration HTTPS_ONLY = Duration.ofDays(365);
    private static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

    /** Styles that its scripts set are inline ones; scripts never are. */
    private static final String DOCS_PAGE =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final CorsConfiguration cors = new CorsConfiguration();
    private final boolean https;

    /**
     * @param origins of pages that may call us, such as {@code https://app.veza.example}; none: no page of another origin
     * @param publicUrl what clients call
     */
    BrowserRules(List<String> origins, URI publicUrl) {
        this.https = "https".equals(publicUrl.getScheme());
        cors.setAllowedOrigins(List.copyOf(allowed(origins, publicUrl)));
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        cors.setAllowedHeaders(List.of(
                "Authorization",
                "Content-Type",
                "Idempotency-Key",
                "If-None-Match",
                "Veza-Min-Position",
                "Veza-Log",
                "Last-Event-ID",
                "traceparent"));
        cors.setExposedHeaders(List.of(
                "Veza-Position", "Veza-Log", "ETag", "Retry-After", "Location", "RateLimit", "RateLimit-Policy"));
        // No cookie authenticates anything here
        cors.setAllowCredentials(false);
        cors.setMaxAge(PREFLIGHT);
    }

    /** Origins whose pages may call us: those, and our own, which behind a proxy is not the one that the request names. */
    public static Set<String> allowed(List<String> origins, URI publicUrl) {
        origins.forEach(BrowserRules::requireOrigin);
        Set<String> allowed = new LinkedHashSet<>(origins);
        allowed.add(PageRules.origin(publicUrl));
        return allowed;
    }

    HttpSecurity applyTo(HttpSecurity http) throws Exception {
        return apply(http, NO_PAGE);
    }

    HttpSecurity applyTo(HttpSecurity http, PageRules page) throws Exception {
        return apply(http, page.contentPolicy())
                .headers(headers -> headers.permissionsPolicyHeader(policy -> policy.policy(PageRules.permissions()))
                        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN)));
    }

    /** For the page of the routes: it loads what it is made of from here, asks only us, and is shown in no other. */
    HttpSecurity applyToDocs(HttpSecurity http) throws Exception {
        return apply(http, DOCS_PAGE);
    }

    private HttpSecurity apply(HttpSecurity http, String contentPolicy) throws Exception {
        // A page of another origin gets the answer that everybody gets, which its browser keeps from it
        CorsConfigurationSource source =
                request -> cors.checkOrigin(request.getHeader(HttpHeaders.ORIGIN)) == null ? null : cors;
        return http.cors(c -> c.configurationSource(source))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(contentPolicy))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .httpStrictTransportSecurity(hsts -> {
                            if (https) {
                                hsts.requestMatcher(AnyRequestMatcher.INSTANCE)
                                        .maxAgeInSeconds(HTTPS_ONLY.toSeconds())
                                        .includeSubDomains(false);
                            } else {
                                hsts.disable();
                            }
                        }));
    }

    private static void requireOrigin(String origin) {
        if (!origin.matches("https?://[^/*?#@\\s]+")) {
            throw new IllegalArgumentException(
                    "veza.http.cors-origins takes origins such as https://app.veza.example, not '" + origin + "'");
        }
    }
}
