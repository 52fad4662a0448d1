package app.veza.command.http;

import java.util.Set;
import java.util.UUID;

/** Who sends a command, as their access token says; an argument of endpoints. */
public record Caller(UUID personId, UUID sessionId, Set<String> roles) {

    public Caller {
        roles = Set.copyOf(roles);
    }
}
