package app.veza.server.gateway;

import app.veza.gateway.Connection;
import app.veza.gateway.Principal;
import java.time.Instant;
import java.util.UUID;

/**
 * A person in one of their sessions.
 *
 * @param endsAt when the session ends by itself
 */
public record SocketPrincipal(UUID personId, UUID sessionId, Instant endsAt) implements Principal {

    public static SocketPrincipal of(Connection connection) {
        return (SocketPrincipal) connection.principal();
    }

    @Override
    public String id() {
        return personId.toString();
    }

    @Override
    public String sessionKey() {
        return sessionId.toString();
    }
}
