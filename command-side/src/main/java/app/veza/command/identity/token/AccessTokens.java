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
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Issues access tokens: JWTs signed with RS256. */
@Component
public final class AccessTokens {

    private final CommandSideConfig config;
    private final InstantSource clock;
    private final JWSHeader header;
    private final JWSSigner signer;

    public AccessTokens(SigningKeys keys, CommandSideConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(keys.current().getKeyID())
                .build();
        try {
            this.signer = new RSASSASigner(keys.current());
        } catch (JOSEException e) {
            throw new IllegalStateException("The signing key does not sign", e);
        }
    }

    /** Claims: {@code sub} the person, {@code sid} the session, {@code roles}, and the registered ones. */
    public String issue(UUID sessionId, SignedInUser user) {
        Instant now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(config.issuer().toString())
                .audience(config.audience())
                .subject(user.id().toString())
                .claim("sid", sessionId.toString())
                .claim("roles", user.roles())
                .claim("preferred_username", user.username())
                .jwtID(Ids.next().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(config.accessTokenLife())))
                .build();
        var token = new SignedJWT(header, claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("An access token could not be signed", e);
        }
        return token.serialize();
    }
}
