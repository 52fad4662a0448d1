package app.veza.server.live;

import app.veza.gateway.Principal;
import app.veza.server.gateway.SocketPrincipal;
import java.time.Instant;
import java.util.UUID;

/** A broadcaster who was let in. */
record BroadcastPrincipal(SocketPrincipal person, UUID streamId) implements Principal {

    @Override
    public String id() {
        return person.id();
    }

    @Override
    public String sessionKey() {
        return person.sessionKey();
    }

    @Override
    public Instant endsAt() {
        return person.endsAt();
    }
}
