package app.veza.server.openapi;

import app.veza.command.http.CommandRequest;
import app.veza.command.http.LogRead;
import app.veza.query.http.ContentETags;
import app.veza.query.http.Reads;
import app.veza.server.security.PublicPaths;
import app.veza.server.security.RouteRoles;
import io.swagger.v3.oas.models.Operation;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.HandlerMethod;

/**
 * One route, and what kind of a route it is.
 *
 * @param path as a pattern
 * @param isCommand whether it decides something, and is answered with the position of what was stored
 * @param isView whether a view of the query side answers it
 * @param isLogRead whether it is read from the log itself
 */
record Route(HttpMethod method, String path, boolean isCommand, boolean isView, boolean isLogRead) {

    /** Paths, some with a method, that are decided again each time they come: see {@link CommandRequest#unrepeatable()}. */
    private static final Set<String> UNREPEATABLE = Set.of(
            "/auth/login",
            "/auth/refresh",
            "/auth/logout",
            "/auth/password",
            "/auth/password/forgot",
            "/auth/password/reset",
            "/auth/email/verify",
            "/auth/email/verification",
            "/auth/oauth2/token",
            "/auth/oauth2/{provider}/callback",
            "/api/me/providers",
            "/api/me/providers/{provider}",
            "/auth/totp/begin",
            "/auth/totp/confirm",
            "/auth/totp/remove",
            "/auth/totp/recovery-codes",
            "/auth/sessions",
            "/auth/sessions/{id}",
            "/api/users/{id}/sessions",
            "DELETE /api/me",
            "DELETE /api/streams/{streamId}/listeners/me",
            "/api/admin/admins");

    static Route of(HandlerMethod handler, Operation operation) {
        return new Route(
                method(handler),
                mapping(handler.getBeanType()) + mapping(handler.getMethod()),
                takes(handler, CommandRequest.class),
                operation.getParameters() != null
                        && operation.getParameters().stream()
                                .anyMatch(parameter -> Reads.MIN_POSITION.equals(parameter.getName())),
                takes(handler, LogRead.class));
    }

    private static boolean takes(HandlerMethod handler, Class<?> argument) {
        return Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == argument);
    }

    private static HttpMethod method(HandlerMethod handler) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequestMapping.class);
        if (mapping == null || mapping.method().length != 1) {
            throw new IllegalStateException(handler + " must name one HTTP method");
        }
        return mapping.method()[0].asHttpMethod();
    }

    private static String mapping(AnnotatedElement element) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(element, RequestMapping.class);
        return mapping == null || mapping.path().length == 0 ? "" : mapping.path()[0];
    }

    /** Whether it is one of the paths, which may stand there with a method. */
    boolean isIn(Set<String> paths) {
        return paths.contains(path) || paths.contains(method + " " + path);
    }

    boolean isRepeatable() {
        return isCommand && !isIn(UNREPEATABLE);
    }

    /** Whether its answers tell a position of the log. */
    boolean tellsPosition() {
        return isCommand || isView || isLogRead || isOfLog() && !method.equals(HttpMethod.GET);
    }

    /** Whether its answers say of which log they are, and it refuses who means another one. */
    boolean isOfLog() {
        return path.startsWith("/api/") || path.startsWith("/auth/");
    }

    /** Whether its answers have an entity tag, by which a client may ask whether what it keeps is still good. */
    boolean isTagged() {
        return method.equals(HttpMethod.GET) && ContentETags.isTagged(path);
    }

    boolean isPublic() {
        return PublicPaths.contain(path);
    }

    /** Any of these is needed; none: whoever is signed in. */
    List<String> roles() {
        return RouteRoles.of(method, path);
    }
}
