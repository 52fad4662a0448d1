package app.veza.command;

import app.veza.event.identity.PrivilegedRequestMade;
import java.util.UUID;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What stands in the audit list of decisions that only a decider knows to be about somebody else: appended with them, however they
 * were asked for.
 */
public final class Traces {

    private Traces() {}

    /**
     * Of what was taken away, as if by HTTP.
     *
     * @param route the path as a pattern
     * @param ids in the places of its variables, in their order
     */
    public static PrivilegedRequestMade deletion(UUID by, String route, Object... ids) {
        return trace(by, HttpMethod.DELETE, route, ids);
    }

    /** Of what was given or changed; else as {@link #deletion}. */
    public static PrivilegedRequestMade change(UUID by, String route, Object... ids) {
        return trace(by, HttpMethod.PUT, route, ids);
    }

    private static PrivilegedRequestMade trace(UUID by, HttpMethod method, String route, Object... ids) {
        return new PrivilegedRequestMade(
                by,
                method.name(),
                route,
                UriComponentsBuilder.fromPath(route).buildAndExpand(ids).toUriString(),
                HttpStatus.NO_CONTENT.value(),
                null);
    }
}
