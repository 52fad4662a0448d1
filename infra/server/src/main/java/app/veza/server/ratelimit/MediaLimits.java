package app.veza.server.ratelimit;

import app.veza.stores.LocalLimits;
import app.veza.stores.Quota;
import app.veza.stores.RateLimiter.Charge;
import app.veza.stores.RateLimiter.Standing;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * How often an address may fetch live audio and recordings from this node. Players ask thousands of times a second, and most of what they
 * fetch lies in memory: a question to Redis would cost more than the answer, so each node counts alone.
 */
@Component
public final class MediaLimits {

    private final boolean enabled;
    private final Quota quota;
    private final ClientAddresses clients;
    private final LocalLimits counted = new LocalLimits();

    MediaLimits(RateLimitSettings settings, ClientAddresses clients) {
        this.enabled = settings.enabled();
        this.quota = Objects.requireNonNull(settings.address().get(RouteClass.MEDIA));
        this.clients = clients;
    }

    /**
     * Charges a request.
     *
     * @return how long to wait; zero for what may go on
     */
    public Duration wait(HttpServletRequest request) {
        if (!enabled) {
            return Duration.ZERO;
        }
        String client = clients.of(request.getRemoteAddr(), Collections.list(request.getHeaders(clients.headerName())));
        Standing standing = counted.take(new Charge(AddressKeys.customer(client), quota));
        return standing.isAllowed() ? Duration.ZERO : standing.retryAfter();
    }
}
