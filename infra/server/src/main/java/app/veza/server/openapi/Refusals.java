package app.veza.server.openapi;

import app.veza.server.ratelimit.RouteClass;
import io.swagger.v3.oas.models.Operation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpMethod;

/** The statuses that a route refuses with: what all of its kind do, and what few do that their kind does not tell. */
final class Refusals {

    /** Refused to who signed in long ago and does not prove anew that it is them. */
    private static final Set<String> PROVEN_ANEW = Set.of("POST /auth/totp/confirm", "POST /api/me/providers");

    /** Name in the body or the query what may not be there, or is not for everybody. */
    private static final Set<String> NAME_WHAT_MAY_BE_MISSING = Set.of(
            "POST /api/rooms/direct",
            "POST /api/webhooks",
            "/api/admin/admins",
            "/api/admin/dead-letters",
            "/api/admin/dead-letters/retry",
            "/api/admin/jobs");

    private static final String PROJECTION = "/api/admin/projections/{name}/";
    private static final String JOB = "/api/admin/jobs/{id}";

    private Refusals() {}

    /** @param operation with all its parameters */
    static Set<String> of(Route route, Operation operation) {
        Set<String> statuses = new TreeSet<>();
        String path = route.path();
        boolean hasBody = operation.getRequestBody() != null;
        boolean hasParameters =
                operation.getParameters() != null && !operation.getParameters().isEmpty();
        if (hasBody || hasParameters) {
            statuses.add("400");
        }
        if (!route.isPublic()
                || path.startsWith("/auth/log")
                || path.startsWith("/auth/refresh")
                || path.startsWith("/auth/oauth2/")) {
            statuses.add("401");
        }
        if (!route.roles().isEmpty() || route.isIn(PROVEN_ANEW)) {
            statuses.add("403");
        }
        if (path.contains("{") || route.isIn(NAME_WHAT_MAY_BE_MISSING)) {
            statuses.add("404");
            if (path.startsWith("/api/rooms/") || route.isCommand()) {
                statuses.add("403");
            }
        }
        if (route.isCommand() || isJob(route)) {
            statuses.add("409");
        }
        if (route.isOfLog()) {
            // Which log is meant is looked at before anything else; what any of them needs may be away
            statuses.addAll(List.of("412", "503"));
        }
        if (hasBody) {
            statuses.addAll(List.of("413", "415"));
        }
        if (hasBody
                || route.isRepeatable()
                || path.startsWith("/api/admin/")
                || path.startsWith("/api/analytics/")
                || path.startsWith("/auth/oauth2/")) {
            statuses.add("422");
        }
        if (RouteClass.of(route.method().name(), path).isPresent()) {
            statuses.add("429");
        }
        return statuses;
    }

    /** What begins or ends one, which another one may stand in the way of. */
    private static boolean isJob(Route route) {
        return route.path().startsWith(PROJECTION)
                || route.path().equals(JOB) && route.method().equals(HttpMethod.DELETE);
    }
}
