package app.veza.server.ratelimit;

import app.veza.server.node.NodeConfig;
import app.veza.server.node.PlatformKey;
import app.veza.server.problem.Problems;
import app.veza.stores.Quota;
import app.veza.stores.RateLimiter;
import app.veza.stores.RateLimiter.Charge;
import app.veza.stores.RateLimiter.Standing;
import app.veza.stores.Redis;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/**
 * Admits requests while their person and their address have something left, and says in {@code RateLimit-Policy} and
 * {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers) how much that is.
 */
@Component
public final class RateLimits {

    private static final String POLICY = "RateLimit-Policy";
    private static final String LIMIT = "RateLimit";
    private static final String CHARGED = RateLimits.class.getName();

    private final RateLimitSettings settings;
    private final RateLimiter limiter;
    private final AddressKeys addresses;
    private final String prefix;
    private final long longestBody;
    private final JsonMapper json;

    RateLimits(
            RateLimitSettings settings,
            Redis redis,
            NodeConfig node,
            PlatformKey key,
            @Value("${veza.http.max-body}") DataSize longestBody,
            JsonMapper json) {
        this.settings = settings;
        this.limiter = new RateLimiter(redis);
        this.addresses = new AddressKeys(key.bytes());
        this.prefix = node.redis().keyPrefix() + "limit:";
        this.longestBody = longestBody.toBytes();
        this.json = json;
    }

    /**
     * Charges a request once, however often it comes by here. When it must not go on the answer has been written.
     *
     * @param person who sent it; null: nobody that is known
     */
    public boolean admit(HttpServletRequest request, HttpServletResponse response, @Nullable String person)
            throws IOException {
        if (!settings.enabled() || request.getAttribute(CHARGED) != null) {
            return true;
        }
        request.setAttribute(CHARGED, true);
        Optional<RouteClass> route = RouteClass.of(
                // As it is routed: a letter that is encoded makes no other route of it
                request.getMethod(), request.getServletPath());
        if (route.isEmpty()) {
            return true;
        }
        List<Charge> charges = new ArrayList<>(charges(route.get(), 1, request.getRemoteAddr(), person));
        if (RouteClass.writes(request.getMethod())) {
            charges.addAll(charges(RouteClass.WRITTEN, bodyOf(request), request.getRemoteAddr(), person));
        }
        List<Standing> standings = limiter.take(charges);
        response.setHeader(POLICY, standings.stream().map(RateLimits::policy).collect(Collectors.joining(", ")));
        response.setHeader(LIMIT, standings.stream().map(RateLimits::limit).collect(Collectors.joining(", ")));
        Standing worst = worst(standings);
        if (!worst.isAllowed()) {
            refuse(response, worst);
        }
        return worst.isAllowed();
    }

    /**
     * Charges a command that came over a socket, to its person alone: their address paid for opening it. May wait for Redis.
     *
     * @param bytes of its frame
     * @return how long to wait; zero for what may go on
     */
    public Duration waitForCommand(UUID person, int bytes) {
        return waitFor(List.of(ofPerson(RouteClass.COMMANDS, 1, person), ofPerson(RouteClass.WRITTEN, bytes, person)));
    }

    /** The same for what is read at once over a socket, as who subscribes does. */
    public Duration waitForRead(UUID person) {
        return waitFor(List.of(ofPerson(RouteClass.READS, 1, person)));
    }

    /** The same for files that a person is about to upload, charged to them and to their address. */
    Duration waitForUpload(UUID person, String address, long bytes) {
        return waitFor(charges(RouteClass.UPLOADED, bytes, address, person.toString()));
    }

    private Duration waitFor(List<Charge> charges) {
        return settings.enabled() ? worst(limiter.take(charges)).retryAfter() : Duration.ZERO;
    }

    private static Standing worst(List<Standing> standings) {
        return standings.stream()
                .max(Comparator.comparing(Standing::retryAfter))
                .orElseThrow();
    }

    /** One that does not tell how long it is counts as the longest; over HTTP/2 only its end tells that there is none. */
    private long bodyOf(HttpServletRequest request) throws IOException {
        long length = request.getContentLengthLong();
        boolean isUntold = length < 0 && !request.getInputStream().isFinished();
        return isUntold ? longestBody : Math.max(1, length);
    }

    private List<Charge> charges(RouteClass route, long amount, String address, @Nullable String person) {
        var ofAddress = charge(route, amount, "address", addresses.of(address), settings.address());
        return person == null
                ? List.of(ofAddress)
                : List.of(charge(route, amount, "person", person, settings.person()), ofAddress);
    }

    private Charge ofPerson(RouteClass route, long amount, UUID person) {
        return charge(route, amount, "person", person.toString(), settings.person());
    }

    private Charge charge(RouteClass route, long amount, String whose, String id, Map<RouteClass, Quota> quotas) {
        return new Charge(prefix + route.label() + ":" + whose + ":" + id, quotas.get(route), amount);
    }

    private static String policy(Standing standing) {
        Quota quota = standing.charge().quota();
        String unit = isWritten(standing) ? ";qu=\"content-bytes\"" : "";
        return "\"%s\";q=%d%s;w=%d".formatted(name(standing), quota.amount(), unit, seconds(quota.window()));
    }

    private static boolean isWritten(Standing standing) {
        return name(standing).startsWith(RouteClass.WRITTEN.label() + "-");
    }

    private static String limit(Standing standing) {
        return "\"%s\";r=%d;t=%d".formatted(name(standing), standing.remaining(), seconds(standing.untilFull()));
    }

    /** {@code reads-person}: of the key what is nobody's. */
    private static String name(Standing standing) {
        String key = standing.charge().key();
        String whose = key.substring(0, key.lastIndexOf(':'));
        return whose.substring(whose.indexOf("limit:") + "limit:".length()).replace(':', '-');
    }

    private void refuse(HttpServletResponse response, Standing standing) throws IOException {
        long wait = seconds(standing.retryAfter());
        ProblemDetail problem = Problems.of(
                HttpStatus.TOO_MANY_REQUESTS,
                "too-many-requests",
                "Too many requests",
                "More than %d%s of '%s' in %d seconds: go on in %d seconds. Nothing was done."
                        .formatted(
                                standing.charge().quota().amount(),
                                isWritten(standing) ? " bytes" : "",
                                name(standing),
                                seconds(standing.charge().quota().window()),
                                wait));
        response.setStatus(problem.getStatus());
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait));
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), problem);
    }

    /** Rounded up: who waits so long is not too early. */
    private static long seconds(Duration duration) {
        return Math.max(1, (duration.toMillis() + 999) / 1000);
    }
}
