package app.veza.server.gateway;

import app.veza.command.identity.session.SessionRevocation;
import app.veza.gateway.Authentication;
import app.veza.gateway.Handshake;
import app.veza.server.ratelimit.HandshakeLimits;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Who opens a socket, by the same access tokens as over HTTP or by a ticket. */
public final class SocketAuthenticator implements Function<Handshake, Authentication> {

    private static final int REMEMBERED = 100_000;

    private final JwtDecoder tokens;
    private final SocketTickets tickets;
    private final SessionRevocation sessions;
    private final HandshakeLimits limits;
    private final Duration sessionLife;
    private final InstantSource clock;

    /** When a session ends however often it is refreshed never changes; a person's devices come back often. */
    private final Cache<UUID, Instant> ends =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /** @param sessionLife of any session at most */
    SocketAuthenticator(
            JwtDecoder tokens,
            SocketTickets tickets,
            SessionRevocation sessions,
            HandshakeLimits limits,
            Duration sessionLife,
            InstantSource clock) {
        this.tokens = tokens;
        this.tickets = tickets;
        this.sessions = sessions;
        this.limits = limits;
        this.sessionLife = sessionLife;
        this.clock = clock;
    }

    @Override
    public Authentication apply(Handshake handshake) {
        Duration wait = limits.wait(
                handshake.remoteAddress(),
                name -> handshake.headers().getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
        return wait.isZero()
                ? authenticate(handshake)
                : Authentication.refused(FrameProblems.tooMany("Too many sockets are opened from this address.", wait));
    }

    private Authentication authenticate(Handshake handshake) {
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
            return Authentication.accepted(
                    principal(UUID.fromString(jwt.getSubject()), UUID.fromString(jwt.getClaimAsString("sid"))));
        } catch (JwtException refused) {
            return Authentication.unauthenticated(
                    "The access token is not valid, has expired or its session is over: log in or refresh.");
        }
    }

    private Authentication byTicket(String ticket) {
        return tickets.redeem(ticket)
                .map(owner -> principal(owner.personId(), owner.sessionId()))
                .filter(owner -> !isOver(owner))
                .map(Authentication::accepted)
                .orElseGet(() -> Authentication.unauthenticated(
                        "The ticket is not valid, was used before or is too old: get another one."));
    }

    /** One that this node has not heard of yet has begun no earlier than just now. */
    private SocketPrincipal principal(UUID person, UUID session) {
        Instant endsAt = ends.get(session, id -> sessions.endOf(id).orElse(null));
        return new SocketPrincipal(
                person, session, endsAt == null ? clock.instant().plus(sessionLife) : endsAt);
    }

    /** Not for a session that this node has not heard of yet: a ticket is given to open sessions only, maybe by another node. */
    public boolean isOver(SocketPrincipal principal) {
        return !clock.instant().isBefore(principal.endsAt()) || sessions.hasEnded(principal.sessionId());
    }
}
