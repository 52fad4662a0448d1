package app.veza.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** What is remembered of a token is its signature; all that may change is asked each time. */
class VerifiedTokensTest {

    private final RSAKey key = new RSAKeyGenerator(2048).keyID("now").generate();
    private final UUID person = UUID.randomUUID();
    private final UUID session = UUID.randomUUID();
    private final Set<String> keys = new HashSet<>(Set.of("now"));
    private final Set<UUID> open = new HashSet<>(Set.of(session));
    private final AtomicInteger verifications = new AtomicInteger();
    private final Instant issued = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private Instant now = issued;
    private List<String> roles = List.of("user");
    private VerifiedTokens tokens;
    private String token;

    VerifiedTokensTest() throws JOSEException {}

    @BeforeEach
    void remembered() throws JOSEException {
        JwtDecoder signatures =
                NimbusJwtDecoder.withPublicKey(key.toRSAPublicKey()).build();
        tokens = new VerifiedTokens(
                text -> {
                    verifications.incrementAndGet();
                    return signatures.decode(text);
                },
                keys::contains,
                open::contains,
                id -> roles,
                () -> now);
        token = token();
        for (int again = 0; again < 3; again++) {
            assertThat(tokens.decode(token).getSubject()).isEqualTo(person.toString());
        }
        assertThat(verifications).as("verified once").hasValue(1);
    }

    private String token() throws JOSEException {
        var claims = new JWTClaimsSet.Builder()
                .subject(person.toString())
                .claim("sid", session.toString())
                .claim("roles", roles)
                .issueTime(Date.from(issued))
                .expirationTime(Date.from(issued.plus(Duration.ofMinutes(10))))
                .build();
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("now").build(), claims);
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private void isRefused(String why) {
        assertThatThrownBy(() -> tokens.decode(token))
                .isInstanceOf(BadJwtException.class)
                .hasMessageContaining(why);
    }

    @Test
    void oneThatIsRememberedExpiresToTheSecond() {
        now = issued.plus(Duration.ofMinutes(10)).minusMillis(1);
        assertThat(tokens.decode(token).getSubject()).isEqualTo(person.toString());
        now = issued.plus(Duration.ofMinutes(10));
        isRefused("expired");
    }

    @Test
    void oneThatIsRememberedGoesWithItsSession() {
        open.clear();
        isRefused("session");
    }

    @Test
    void oneThatIsRememberedGoesWithItsKey() {
        keys.clear();
        isRefused("key");
    }

    @Test
    void itsPersonMayDoWhatTheyMayNow() {
        roles = List.of("user", "moderator");
        assertThat(tokens.decode(token).getClaimAsStringList("roles")).containsExactly("user", "moderator");
        assertThat(verifications).hasValue(1);
    }

    @Test
    void whatResemblesItIsVerifiedItself() {
        String forged = token.substring(0, token.length() - 8) + "AAAAAAAA";
        assertThatThrownBy(() -> tokens.decode(forged)).isInstanceOf(BadJwtException.class);
        assertThat(verifications).hasValue(2);
    }
}
