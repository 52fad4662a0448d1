package app.veza.event.identity;

import static app.veza.event.EventTags.EMAIL;
import static app.veza.event.EventTags.PERSON;

import app.veza.event.Personal;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person proved that an address is theirs: from here on nobody else can claim it.
 *
 * @param email as typed
 * @param emailKey the form in which addresses are compared
 */
@Event(namespace = "identity", name = "EmailVerified", version = "1")
public record EmailVerified(
        @EventTag(key = PERSON) UUID personId,
        @Personal String email,
        @Personal @EventTag(key = EMAIL) String emailKey) implements IdentityEvent {

    /** Without what is personal or secret: it may end in a log line. */
    @Override
    public String toString() {
        return "EmailVerified[personId=%s]".formatted(personId);
    }
}
