package app.veza.event.identity;

import static app.veza.event.EventTags.EMAIL;
import static app.veza.event.EventTags.PERSON;

import app.veza.event.Personal;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * Somebody says that a person forgot their password: what is mailed to the person lets them choose another one, once. The secret
 * of that mail is derived from the ids and the platform's key: it stands nowhere.
 *
 * @param emailKey of the address that was given, in the form in which addresses are compared; of earlier requests it reads as that of who is erased
 * @param expiresAt from when on the mail is good for nothing
 */
@Event(namespace = "identity", name = "PasswordResetRequested", version = "2")
public record PasswordResetRequested(
        @EventTag(key = PERSON) UUID personId,
        UUID requestId,
        @Personal @EventTag(key = EMAIL) String emailKey,
        Instant expiresAt)
        implements IdentityEvent {

    /** Without what is personal: it may end in a log line. */
    @Override
    public String toString() {
        return "PasswordResetRequested[personId=%s, requestId=%s]".formatted(personId, requestId);
    }
}
