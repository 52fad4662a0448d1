package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.SESSION;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** A session is over: neither its access tokens nor its refresh token are good any more. */
@Event(namespace = "identity", name = "SessionEnded", version = "1")
public record SessionEnded(
        @EventTag(key = SESSION) UUID sessionId,
        @EventTag(key = PERSON) UUID personId,
        Reason reason) implements IdentityEvent {

    /** Why it ended. */
    public enum Reason {
        LOGGED_OUT,
        REFRESH_REUSED
    }
}
