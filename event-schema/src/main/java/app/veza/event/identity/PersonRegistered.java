package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.USERNAME;

import app.veza.event.Personal;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person opened an account.
 *
 * @param username as typed, 3-32 characters
 * @param usernameKey the form in which names are compared: no two people have the same
 * @param email not yet verified: it claims nothing
 * @param passwordHash Argon2id in PHC string format
 */
@Event(namespace = "identity", name = "PersonRegistered", version = "1")
public record PersonRegistered(
        @EventTag(key = PERSON) UUID personId,
        @Personal String username,
        @Personal @EventTag(key = USERNAME) String usernameKey,
        @Personal String displayName,
        @Personal String email,
        @Personal String passwordHash)
        implements IdentityEvent {

    /** Without what is personal or secret: it may end in a log line. */
    @Override
    public String toString() {
        return "PersonRegistered[personId=%s]".formatted(personId);
    }
}
