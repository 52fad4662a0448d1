package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.SESSION;

import app.veza.event.Personal;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A session got its next refresh token; the one before is spent.
 *
 * @param refreshTokenHash SHA-256 of the new refresh token, base64url
 */
@Event(namespace = "identity", name = "SessionRefreshed", version = "1")
public record SessionRefreshed(
        @EventTag(key = SESSION) UUID sessionId,
        @EventTag(key = PERSON) UUID personId,
        @Personal String refreshTokenHash)
        implements IdentityEvent {

    /** Without what is personal or secret: it may end in a log line. */
    @Override
    public String toString() {
        return "SessionRefreshed[sessionId=%s, personId=%s]".formatted(sessionId, personId);
    }
}
