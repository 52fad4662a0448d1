package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;

import app.veza.event.Personal;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * Somebody used a route that a role opened to them.
 *
 * @param personId the nil UUID for the operator, who holds the token of the platform's own machine
 * @param method of HTTP
 * @param route the path as a pattern, with names in place of what varies
 * @param path as it was asked for, without its query
 * @param status that was answered
 * @param address from which the request came, as text; missing for the operator
 */
@Event(namespace = "identity", name = "PrivilegedRequestMade", version = "1")
public record PrivilegedRequestMade(
        @EventTag(key = PERSON) UUID personId,
        String method,
        String route,
        String path,
        int status,
        @Personal @Nullable String address)
        implements IdentityEvent {

    /** Without what is personal: it may end in a log line. */
    @Override
    public String toString() {
        return "PrivilegedRequestMade[personId=%s, method=%s, path=%s, status=%d]"
                .formatted(personId, method, path, status);
    }
}
