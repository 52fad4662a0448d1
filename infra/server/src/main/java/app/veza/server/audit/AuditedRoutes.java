package app.veza.server.audit;

import app.veza.server.security.RouteRoles;
import java.util.Set;
import org.springframework.http.HttpMethod;

/**
 * Which requests are kept: all that a role opens, but for those that show no person's data and no event, such as how far
 * projections are. Command lines ask for these every second. And what moderators did to others in a room, and to the room: anybody may ask
 * for that, so it counts once it was done; what only a decider knows to be about somebody else (a message, a role in a room, a session) is
 * kept with the decision, by {@link app.veza.command.Traces}.
 */
final class AuditedRoutes {

    private static final Set<String> HARMLESS = Set.of(
            "/api/admin/projections",
            "/api/admin/projections/{name}",
            "/api/admin/jobs",
            "/api/admin/jobs/{id}",
            "/api/admin/jobs/{id}/stream",
            "/api/admin/replays",
            "/api/admin/dead-letters");

    /** Changed or closed; anybody looks at it. */
    private static final String ROOM = "/api/rooms/{roomId}";

    private static final Set<String> MODERATION = Set.of(
            ROOM,
            "/api/rooms/{roomId}/mutes/{userId}",
            "/api/rooms/{roomId}/bans",
            "/api/rooms/{roomId}/bans/{userId}",
            "/api/rooms/{roomId}/slow-mode",
            "/api/rooms/{roomId}/reports");

    private AuditedRoutes() {}

    /** @param route the path as a pattern, and not as it was written: letters may be encoded in it */
    static boolean contain(HttpMethod method, String route, int status) {
        if (MODERATION.contains(route)) {
            boolean isOnlySeen = route.equals(ROOM) && isRead(method.name());
            return status < 300 && !isOnlySeen;
        }
        // Reports are sums; nobody stands in them
        boolean isHarmless = isRead(method.name()) && (HARMLESS.contains(route) || route.startsWith("/api/analytics"));
        return !isHarmless && !RouteRoles.of(method, route).isEmpty();
    }

    static boolean isRead(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }
}
