package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;

import app.veza.event.Personal;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * So many wrong passwords or codes came for an account that it cannot be tried from there for a while.
 *
 * @param address from which they came
 * @param until when
 */
@Event(namespace = "identity", name = "LoginsDelayed", version = "1")
public record LoginsDelayed(
        @EventTag(key = PERSON) UUID personId, @Personal String address, Instant until) implements IdentityEvent {

    /** Without what is personal or secret: it may end in a log line. */
    @Override
    public String toString() {
        return "LoginsDelayed[personId=%s]".formatted(personId);
    }
}
