package app.veza.server.admin;

import app.veza.server.security.RouteRoles;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Whether who was let in to a stream still would be: while it is open a token may expire, its session end, and the role be taken. The
 * operator's token is good for as long as the node runs.
 */
final class StillEngineer {

    private static final List<String> ROLES = RouteRoles.of(HttpMethod.GET, "/api/admin/events/stream");

    private final JwtDecoder tokens;

    /** @param tokens decodes a token with the roles that its person has now */
    StillEngineer(JwtDecoder tokens) {
        this.tokens = tokens;
    }

    boolean is(Authentication caller) {
        if (!(caller instanceof JwtAuthenticationToken person)) {
            return true;
        }
        try {
            return !Collections.disjoint(
                    ROLES, tokens.decode(person.getToken().getTokenValue()).getClaimAsStringList("roles"));
        } catch (JwtException over) {
            return false;
        }
    }
}
