package app.veza.server.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Remembers access tokens whose signature was verified: an RS256 verification costs more than the rest of a read. The
 * signature never changes, everything that does is asked on every request: whether the token has expired, whether its session
 * is over, and what its person may do now, whatever they could when it was issued.
 */
final class VerifiedTokens implements JwtDecoder {

    private static final String ROLES = "roles";
    private static final int REMEMBERED = 100_000;
    private static final Duration FOR = Duration.ofMinutes(10);

    private final JwtDecoder verifier;
    private final Predicate<String> keyIsKnown;
    private final Predicate<UUID> sessionIsOpen;
    private final Function<UUID, List<String>> rolesOf;
    private final InstantSource clock;
    private final Cache<String, Jwt> verified =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(FOR).build();

    /**
     * @param keyIsKnown whether what a key signed is still believed
     * @param sessionIsOpen whether the session of this id has begun and not ended
     * @param rolesOf what the person of this id may do
     */
    VerifiedTokens(
            JwtDecoder verifier,
            Predicate<String> keyIsKnown,
            Predicate<UUID> sessionIsOpen,
            Function<UUID, List<String>> rolesOf,
            InstantSource clock) {
        this.verifier = verifier;
        this.keyIsKnown = keyIsKnown;
        this.sessionIsOpen = sessionIsOpen;
        this.rolesOf = rolesOf;
        this.clock = clock;
    }

    /** @throws BadJwtException when the token is not ours, has expired or belongs to a session that is over */
    @Override
    public Jwt decode(String token) {
        Jwt jwt = verified.getIfPresent(token);
        if (jwt == null) {
            jwt = verifier.decode(token);
            verified.put(token, jwt);
        }
        if (!keyIsKnown.test(String.valueOf(jwt.getHeaders().get("kid")))) {
            verified.invalidate(token);
            throw new BadJwtException("The key of this access token is good no more.");
        }
        Instant expiresAt = jwt.getExpiresAt();
        if (expiresAt == null || !clock.instant().isBefore(expiresAt)) {
            verified.invalidate(token);
            throw new BadJwtException("The access token has expired.");
        }
        String session = jwt.getClaimAsString("sid");
        if (session == null || !sessionIsOpen.test(UUID.fromString(session))) {
            verified.invalidate(token);
            throw new BadJwtException("The session of this access token is over.");
        }
        List<String> roles = rolesOf.apply(UUID.fromString(jwt.getSubject()));
        return roles.equals(jwt.getClaimAsStringList(ROLES)) ? jwt : withRoles(jwt, roles);
    }

    private static Jwt withRoles(Jwt jwt, List<String> roles) {
        return Jwt.withTokenValue(jwt.getTokenValue())
                .headers(headers -> headers.putAll(jwt.getHeaders()))
                .claims(claims -> claims.putAll(jwt.getClaims()))
                .claim(ROLES, roles)
                .build();
    }
}
