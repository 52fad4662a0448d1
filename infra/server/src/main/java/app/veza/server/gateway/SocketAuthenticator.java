package app.veza.server.gateway;

import app.veza.command.identity.session.SessionRevocation;
import app.veza.gateway.Authentication;
import app.veza.gateway.Handshake;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Who opens a socket, by the same access tokens as over HTTP or by a ticket. */
public final class SocketAuthenticator implements Function<Handshake, Authentication> {

    private final JwtDecoder tokens;
    private final SocketTickets tickets;
    private final SessionRevocation sessions;

    SocketAuthenticator(JwtDecoder tokens, SocketTickets tickets, SessionRevocation sessions) {
        this.tokens = tokens;
        this.tickets = tickets;
        this.sessions = sessions;
    }

    @Override
    public Authentication apply(Handshake handshake) {
        Optional<String> token = handshake.bearerToken();
        if (token.isPresent()) {
            return byToken(token.get());
        }
        return handshake
                .queryParameter("ticket")
                .map(this::byTicket)
                .orElseGet(
                        () -> Authentication.unauthenticated(
                                "A socket needs an access token, as 'Authorization: Bearer TOKEN', or a ticket, as '?ticket='."));
    }

    private Authentication byToken(String token) {
        try {
            Jwt jwt = tokens.decode(token);
            return Authentication.accepted(new SocketPrincipal(
                    UUID.fromString(jwt.getSubject()), UUID.fromString(jwt.getClaimAsString("sid"))));
        } catch (JwtException refused) {
            return Authentication.unauthenticated(
                    "The access token is not valid, has expired or its session is over: log in or refresh.");
        }
    }

    private Authentication byTicket(String ticket) {
        return tickets.redeem(ticket)
                .filter(owner -> !isOver(owner))
                .map(Authentication::accepted)
                .orElseGet(() -> Authentication.unauthenticated(
                        "The ticket is not valid, was used before or is too old: get another one."));
    }

    /** Not for a session that this node has not heard of yet: a ticket is given to open sessions only, maybe by another node. */
    boolean isOver(SocketPrincipal principal) {
        return switch (sessions.stateOf(principal.sessionId())) {
            case ENDED, EXPIRED -> true;
            case LIVE, UNKNOWN -> false;
        };
    }
}
