package app.veza.command.identity.token;

import app.veza.command.CommandSideConfig;
import app.veza.command.Ids;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Issues access tokens: JWTs signed with RS256. */
@Component
public final class AccessTokens {

    private final CommandSideConfig config;
    private final InstantSource clock;
    private final SigningKeys keys;
    private volatile Signer signer;

    public AccessTokens(SigningKeys keys, CommandSideConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.keys = keys;
        this.signer = Signer.with(keys.current());
    }

    /** A key made ready to sign, which costs more than signing. */
    private record Signer(JWSHeader header, JWSSigner signer) {

        static Signer with(SigningKey key) {
            try {
                var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.id())
                        .build();
                return new Signer(header, new RSASSASigner(key.jwk()));
            } catch (JOSEException e) {
                throw new IllegalStateException("The signing key does not sign", e);
            }
        }

        boolean isOf(SigningKey key) {
            return header.getKeyID().equals(key.id());
        }
    }

    private Signer current() {
        SigningKey key = keys.current();
        Signer ready = signer;
        if (!ready.isOf(key)) {
            ready = Signer.with(key);
            signer = ready;
        }
        return ready;
    }

    /** @param life until it expires: with its session at the latest */
    public record Issued(String token, Duration life) {

        /** Without the token. */
        @Override
        public String toString() {
            return "Issued[]";
        }
    }

    /** Claims: {@code sub} the person, {@code sid} the session, {@code roles}, and the registered ones. */
    public Issued issue(UUID sessionId, Instant sessionEnd, SignedInUser user) {
        // A JWT's times are whole seconds
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant full = now.plus(config.accessTokenLife());
        Instant end = sessionEnd.isBefore(full) ? sessionEnd : full;
        var claims = new JWTClaimsSet.Builder()
                .issuer(config.issuer().toString())
                .audience(config.audience())
                .subject(user.id().toString())
                .claim("sid", sessionId.toString())
                .claim("roles", user.roles())
                .claim("preferred_username", user.username())
                .jwtID(Ids.next().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(end))
                .build();
        Signer with = current();
        var token = new SignedJWT(with.header(), claims);
        try {
            token.sign(with.signer());
        } catch (JOSEException e) {
            throw new IllegalStateException("An access token could not be signed", e);
        }
        return new Issued(token.serialize(), Duration.between(now, end));
    }
}
