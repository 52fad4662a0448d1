package app.veza.server.security;

import app.veza.command.CommandSideConfig;
import app.veza.command.identity.Account;
import app.veza.command.identity.Accounts;
import app.veza.command.identity.session.SessionRevocation;
import app.veza.command.identity.token.SigningKeys;
import app.veza.eventstore.EventLog;
import app.veza.server.node.LoggedEvents;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Verifies access tokens: our keys, RS256 and nothing else, our issuer and audience, and a session that is open. */
@Configuration(proxyBeanMethods = false)
class TokenWiring {

    @Bean(initMethod = "start")
    AccessChanges accessChanges(LoggedEvents events) {
        return new AccessChanges(events);
    }

    @Bean(initMethod = "start")
    SigningKeyRotation signingKeyRotation(SigningKeys keys) {
        return new SigningKeyRotation(keys);
    }

    @Bean
    JwtDecoder accessTokenVerifier(
            SigningKeys keys,
            CommandSideConfig config,
            SessionRevocation sessions,
            Accounts accounts,
            AccessChanges changes,
            EventLog log,
            InstantSource clock) {
        var open = new OpenSessions(sessions::isLive, sessions::hasEnded, changes::upToDate, log::logId);
        changes.onSessionEnd(open::ended);
        var roles = new CurrentRoles(person -> Account.names(accounts.rolesOf(person)), changes::upToDate);
        changes.onRolesChange(roles::changed);
        return new VerifiedTokens(
                verifier(keys, config), keys::isKnown, open.or(new ArrivingSessions(sessions, log)), roles, clock);
    }

    /** A key that another node made a moment ago may not be known here yet. */
    private static List<JWK> known(SigningKeys keys, JWKSelector selector) {
        List<JWK> found = selector.select(keys.publicKeys());
        if (!found.isEmpty()) {
            return found;
        }
        keys.reloadForUnknown();
        return selector.select(keys.publicKeys());
    }

    private static JwtDecoder verifier(SigningKeys keys, CommandSideConfig config) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, (selector, context) -> known(keys, selector)));
        // Spring's validators below say the same with better errors
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        var decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                // one clock issues and verifies, or nodes that keep theirs by NTP
                new JwtTimestampValidator(Duration.ofSeconds(5)),
                new JwtIssuerValidator(config.issuer().toString()),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(config.audience()))));
        return decoder;
    }
}
