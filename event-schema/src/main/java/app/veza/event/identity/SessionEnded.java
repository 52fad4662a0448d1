package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.SESSION;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A session is over: neither its access tokens nor its refresh token are good any more.
 *
 * @param endedBy its person, or the admin who ended it
 */
@Event(namespace = "identity", name = "SessionEnded", version = "2")
public record SessionEnded(
        @EventTag(key = SESSION) UUID sessionId,
        @EventTag(key = PERSON) UUID personId,
        Reason reason,
        UUID endedBy) implements IdentityEvent {

    /** Why it ended. */
    public enum Reason {
        LOGGED_OUT,
        /** A spent refresh token came again. */
        REFRESH_REUSED,
        /** From another session, or by an admin. */
        REVOKED,
        PASSWORD_CHANGED,
        PERSON_ERASED
    }
}
