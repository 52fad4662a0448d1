package app.veza.server.ratelimit;

import app.veza.server.node.NodeConfig;
import app.veza.server.node.PlatformKey;
import app.veza.stores.RateLimiter;
import app.veza.stores.RateLimiter.Charge;
import app.veza.stores.Redis;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** How often an address may open sockets, before a token is looked at: no filter of HTTP stands before the gateway's port. */
@Component
public final class HandshakeLimits {

    private final RateLimitSettings settings;
    private final RateLimiter limiter;
    private final ClientAddresses clients;
    private final AddressKeys addresses;
    private final String prefix;

    HandshakeLimits(
            RateLimitSettings settings, Redis redis, NodeConfig node, PlatformKey key, ClientAddresses clients) {
        this.settings = settings;
        this.limiter = new RateLimiter(redis);
        this.clients = clients;
        this.addresses = new AddressKeys(key.bytes());
        this.prefix = node.redis().keyPrefix() + "limit:" + RouteClass.SOCKETS.label() + ":address:";
    }

    /**
     * Charges a handshake.
     *
     * @param peer that the socket comes from, which may be a proxy
     * @param headers the lines of the header with this name
     * @return how long to wait; zero for who may come in
     */
    public Duration wait(String peer, Function<String, List<String>> headers) {
        if (!settings.enabled()) {
            return Duration.ZERO;
        }
        String client = clients.of(peer, headers.apply(clients.headerName()));
        var charge =
                new Charge(prefix + addresses.of(client), settings.address().get(RouteClass.SOCKETS));
        RateLimiter.Standing standing = limiter.take(List.of(charge)).getFirst();
        return standing.isAllowed() ? Duration.ZERO : standing.retryAfter();
    }
}
