package app.veza.server.security;

import app.veza.server.node.NodeConfig;
import app.veza.server.ratelimit.RateLimitFilter;
import app.veza.server.ratelimit.RateLimits;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/** Who may call what: nothing is open that {@link PublicPaths} does not name, and {@link RouteRoles} says for whom the rest is. */
@Configuration(proxyBeanMethods = false)
class SecurityWiring {

    @Bean
    BrowserRules browserRules(@Value("${veza.http.cors-origins:}") List<String> origins, NodeConfig node) {
        return new BrowserRules(origins, node.publicUrl());
    }

    @Bean
    PageRules pageRules(
            NodeConfig node,
            @Value("${veza.s3.endpoint}") URI storage,
            @Value("${veza.live.cdn.url:#{null}}") @Nullable URI cdn) {
        return PageRules.of(node, storage, Optional.ofNullable(cdn));
    }

    @Bean
    @Order(0)
    SecurityFilterChain page(HttpSecurity http, BrowserRules browsers, PageRules page) throws Exception {
        return browsers.applyTo(stateless(http), page)
                .securityMatcher(PageRules.PATTERNS.toArray(String[]::new))
                .authorizeHttpRequests(allow -> allow.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(0)
    SecurityFilterChain docs(HttpSecurity http, BrowserRules browsers, RateLimits limits) throws Exception {
        return browsers.applyToDocs(limited(http, limits))
                .securityMatcher("/docs", "/docs/**")
                .authorizeHttpRequests(allow -> allow.anyRequest().permitAll())
                .build();
    }

    /** No token is looked at here: a client that sends its expired one along must be able to refresh. */
    @Bean
    @Order(1)
    SecurityFilterChain publicRequests(HttpSecurity http, BrowserRules browsers, RateLimits limits) throws Exception {
        return browsers.applyTo(limited(http, limits))
                .securityMatcher(PublicPaths.PATTERNS.toArray(String[]::new))
                .authorizeHttpRequests(allow -> allow.anyRequest().permitAll())
                .build();
    }

    /** The operator's token is good for these and for nothing else. */
    @Bean
    @Order(2)
    SecurityFilterChain adminRequests(
            HttpSecurity http,
            JwtDecoder tokens,
            ProblemEntryPoint problems,
            NodeConfig node,
            BrowserRules browsers,
            RateLimits limits,
            MeterRegistry meters)
            throws Exception {
        return browsers.applyTo(withTokens(limited(http, limits), tokens, problems, meters))
                .securityMatcher("/api/admin/**")
                .authorizeHttpRequests(RouteRoles::demand)
                .authenticationProvider(OperatorToken.read(node.operatorTokenFile()))
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain requests(
            HttpSecurity http,
            JwtDecoder tokens,
            ProblemEntryPoint problems,
            BrowserRules browsers,
            RateLimits limits,
            MeterRegistry meters)
            throws Exception {
        return browsers.applyTo(withTokens(limited(http, limits), tokens, problems, meters))
                .authorizeHttpRequests(RouteRoles::demand)
                .build();
    }

    private static HttpSecurity withTokens(
            HttpSecurity http, JwtDecoder tokens, ProblemEntryPoint problems, MeterRegistry meters) throws Exception {
        return http.addFilterBefore(new RefusalLog(meters), ExceptionTranslationFilter.class)
                .exceptionHandling(e -> e.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .oauth2ResourceServer(o -> o.bearerTokenResolver(new BearerHeader())
                        .jwt(j -> j.decoder(tokens).jwtAuthenticationConverter(SecurityWiring::person))
                        .authenticationEntryPoint(problems)
                        .accessDeniedHandler(problems));
    }

    /** Watching each filter of the chain costs as much as the chain; the request as a whole is observed anyway. */
    @Bean
    SecurityObservationSettings unobservedChain() {
        return SecurityObservationSettings.noObservations();
    }

    private static HttpSecurity limited(HttpSecurity http, RateLimits limits) throws Exception {
        return stateless(http).addFilterBefore(new RateLimitFilter(limits), AuthorizationFilter.class);
    }

    private static HttpSecurity stateless(HttpSecurity http) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable) // no cookie authenticates anything here
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    }

    private static JwtAuthenticationToken person(Jwt token) {
        var roles = token.getClaimAsStringList("roles").stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role))
                .toList();
        return new JwtAuthenticationToken(token, roles, token.getSubject());
    }
}
