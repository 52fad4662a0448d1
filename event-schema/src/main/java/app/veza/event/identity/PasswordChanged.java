package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;

import app.veza.event.Personal;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person has another password; the one before is good no more.
 *
 * @param passwordHash Argon2id in PHC string format
 * @param reset whether the former one was forgotten
 */
@Event(namespace = "identity", name = "PasswordChanged", version = "1")
public record PasswordChanged(
        @EventTag(key = PERSON) UUID personId, @Personal String passwordHash, boolean reset) implements IdentityEvent {

    /** Without what is personal or secret: it may end in a log line. */
    @Override
    public String toString() {
        return "PasswordChanged[personId=%s]".formatted(personId);
    }
}
