package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;

import app.veza.event.Personal;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person got a secret for codes that change with the time (RFC 6238). It counts for nothing before a code was made with it.
 *
 * @param secret 160 bits in base32
 */
@Event(namespace = "identity", name = "TotpEnrolled", version = "1")
public record TotpEnrolled(
        @EventTag(key = PERSON) UUID personId, @Personal String secret) implements IdentityEvent {

    /** Without what is personal or secret: it may end in a log line. */
    @Override
    public String toString() {
        return "TotpEnrolled[personId=%s]".formatted(personId);
    }
}
