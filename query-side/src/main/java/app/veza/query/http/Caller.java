package app.veza.query.http;

import java.util.List;
import java.util.UUID;
import org.springframework.security.oauth2.jwt.Jwt;

/** Who asks, as the verified access token says. */
public record Caller(UUID personId, UUID sessionId, List<String> roles) {

    public static Caller of(Jwt token) {
        List<String> roles = token.getClaimAsStringList("roles");
        return new Caller(
                UUID.fromString(token.getSubject()),
                UUID.fromString(token.getClaimAsString("sid")),
                roles == null ? List.of() : List.copyOf(roles));
    }
}
