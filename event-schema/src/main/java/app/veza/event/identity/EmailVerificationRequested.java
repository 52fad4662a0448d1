package app.veza.event.identity;

import static app.veza.event.EventTags.EMAIL;
import static app.veza.event.EventTags.PERSON;

import app.veza.event.Personal;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person is to prove that an address is theirs, by what is mailed there. The secret of that mail is derived from the ids and the
 * platform's key: it stands nowhere.
 *
 * @param email as typed
 * @param emailKey the form in which addresses are compared
 * @param expiresAt from when on the mail proves nothing
 */
@Event(namespace = "identity", name = "EmailVerificationRequested", version = "1")
public record EmailVerificationRequested(
        @EventTag(key = PERSON) UUID personId,
        UUID requestId,
        @Personal String email,
        @Personal @EventTag(key = EMAIL) String emailKey,
        Instant expiresAt)
        implements IdentityEvent {

    /** Without what is personal or secret: it may end in a log line. */
    @Override
    public String toString() {
        return "EmailVerificationRequested[personId=%s, requestId=%s]".formatted(personId, requestId);
    }
}
