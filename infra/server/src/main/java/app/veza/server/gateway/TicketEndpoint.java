package app.veza.server.gateway;

import app.veza.command.Overloaded;
import app.veza.command.http.Caller;
import app.veza.server.node.ConditionalOnRole;
import app.veza.server.node.Role;
import io.lettuce.core.RedisException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /auth/ws-ticket}: what a browser puts behind {@code /ws?ticket=}. */
@RestController
@ConditionalOnRole(Role.GATEWAY)
final class TicketEndpoint {

    private static final Logger log = LoggerFactory.getLogger(TicketEndpoint.class);

    private final SocketTickets tickets;

    TicketEndpoint(SocketTickets tickets) {
        this.tickets = tickets;
    }

    /** @param expiresIn seconds */
    record Ticket(String ticket, long expiresIn) {}

    @PostMapping("/auth/ws-ticket")
    ResponseEntity<Ticket> issue(Caller caller) {
        try {
            String ticket = tickets.issue(new SocketTickets.Owner(caller.personId(), caller.sessionId()));
            return ResponseEntity.ok()
                    .cacheControl(CacheControl.noStore())
                    .body(new Ticket(ticket, SocketTickets.LIFE.toSeconds()));
        } catch (RedisException away) {
            log.warn("No ticket could be issued", away);
            throw new Overloaded("Tickets cannot be issued for the moment.", Duration.ofSeconds(1));
        }
    }
}
