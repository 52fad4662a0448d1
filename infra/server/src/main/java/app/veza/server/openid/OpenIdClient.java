package app.veza.server.openid;

import app.veza.command.Overloaded;
import app.veza.command.Rejection;
import app.veza.command.identity.openid.ExternalAccount;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.client.RestClient;

/** Speaks with one provider, which is asked for its addresses and keys when it is first needed. */
final class OpenIdClient {

    private static final Logger log = LoggerFactory.getLogger(OpenIdClient.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final String name;
    private final OpenIdProvider provider;
    private final String redirectUri;
    private final RestClientAuthorizationCodeTokenResponseClient tokens =
            new RestClientAuthorizationCodeTokenResponseClient();
    private final Lock discovering = new ReentrantLock();
    private volatile Discovered discovered;
    private long failedAt;
    private boolean failed;

    /** @param decoder takes what this provider signed for us, with its algorithm, by its issuer, and in time */
    private record Discovered(ClientRegistration registration, JwtDecoder decoder) {}

    OpenIdClient(String name, OpenIdProvider provider, String redirectUri) {
        this.name = name;
        this.provider = provider;
        this.redirectUri = redirectUri;
        tokens.setRestClient(client());
    }

    /** As the library makes its own, but for an end to all waiting. */
    private static RestClient client() {
        var requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(CONNECT).build());
        requests.setReadTimeout(ANSWER);
        return RestClient.builder()
                .requestFactory(requests)
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build();
    }

    /** Where the browser is to go. */
    URI authorization(Attempt attempt, String state) {
        return URI.create(request(attempt, state).getAuthorizationRequestUri());
    }

    /**
     * Exchanges the code that the browser brought back, and believes what comes for it only as far as it is proved.
     *
     * @throws Rejection when it proves nothing
     */
    ExternalAccount account(Attempt attempt, String state, String code) {
        Discovered known = discovered();
        var response = OAuth2AuthorizationResponse.success(code)
                .redirectUri(redirectUri)
                .state(state)
                .build();
        var exchange = new OAuth2AuthorizationExchange(request(attempt, state), response);
        try {
            OAuth2AccessTokenResponse answer =
                    tokens.getTokenResponse(new OAuth2AuthorizationCodeGrantRequest(known.registration(), exchange));
            Object idToken = answer.getAdditionalParameters().get(OidcParameterNames.ID_TOKEN);
            if (!(idToken instanceof String text)) {
                throw refused("it gave no ID token");
            }
            Jwt claims = known.decoder().decode(text);
            if (!attempt.nonce().equals(claims.getClaimAsString("nonce"))) {
                throw refused("the ID token bears another nonce");
            }
            return account(claims);
        } catch (OAuth2AuthorizationException | JwtException failure) {
            log.info("A sign-in through {} failed: {}", name, failure.getMessage());
            throw refused("what it gave is not valid");
        }
    }

    /** RFC 9207: a provider that says who it is must be the one that was asked. */
    boolean isIssuer(String issuer) {
        return provider.issuer().toString().equals(issuer);
    }

    private ExternalAccount account(Jwt claims) {
        return new ExternalAccount(
                name,
                provider.issuer().toString(),
                claims.getSubject(),
                claims.getClaimAsString("email"),
                claims.getClaimAsString("preferred_username"),
                claims.getClaimAsString("name"));
    }

    private OAuth2AuthorizationRequest request(Attempt attempt, String state) {
        ClientRegistration registration = discovered().registration();
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(registration.getProviderDetails().getAuthorizationUri())
                .clientId(registration.getClientId())
                .redirectUri(redirectUri)
                .scopes(new LinkedHashSet<>(provider.scopes()))
                .state(state)
                .attributes(Map.of(PkceParameterNames.CODE_VERIFIER, attempt.verifier()))
                .additionalParameters(Map.of(
                        "nonce",
                        attempt.nonce(),
                        PkceParameterNames.CODE_CHALLENGE,
                        Pkce.challengeOf(attempt.verifier()),
                        PkceParameterNames.CODE_CHALLENGE_METHOD,
                        Pkce.METHOD))
                .build();
    }

    /** Anybody may ask for it, so that a provider that is away is asked by one at a time, and not again at once. */
    private Discovered discovered() {
        Discovered known = discovered;
        if (known != null) {
            return known;
        }
        if (!waitedForTurn()) {
            throw away();
        }
        try {
            if (discovered == null) {
                if (failed && System.nanoTime() - failedAt < RETRY_AFTER.toNanos()) {
                    throw away();
                }
                discovered = discover();
            }
            return discovered;
        } finally {
            discovering.unlock();
        }
    }

    private boolean waitedForTurn() {
        try {
            return discovering.tryLock(CONNECT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Overloaded away() {
        return new Overloaded("The provider '%s' cannot be reached just now.".formatted(name), RETRY_AFTER);
    }

    /** The provider's document must name the issuer that was asked. */
    private Discovered discover() {
        try {
            ClientRegistration registration = ClientRegistrations.fromOidcIssuerLocation(
                            provider.issuer().toString())
                    .registrationId(name)
                    .clientId(provider.clientId())
                    .clientSecret(provider.clientSecret())
                    .redirectUri(redirectUri)
                    .scope(provider.scopes())
                    .build();
            var decoders = new OidcIdTokenDecoderFactory();
            decoders.setJwsAlgorithmResolver(any -> provider.signature());
            return new Discovered(registration, decoders.createDecoder(registration));
        } catch (IllegalArgumentException | IllegalStateException failure) {
            log.warn("The OpenID provider {} could not be asked", name, failure);
            failed = true;
            failedAt = System.nanoTime();
            throw away();
        }
    }

    private Rejection refused(String why) {
        return Rejection.unauthenticated("The provider '%s' did not prove who you are: %s.".formatted(name, why));
    }
}
