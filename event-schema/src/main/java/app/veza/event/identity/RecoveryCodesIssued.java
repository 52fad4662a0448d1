package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;

import app.veza.event.Personal;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person got codes that stand in for those of a lost device, each good once; earlier ones are good no more.
 *
 * @param codeHashes SHA-256 of each, base64url, with a space between
 * @param replaced whether there were earlier ones
 */
@Event(namespace = "identity", name = "RecoveryCodesIssued", version = "1")
public record RecoveryCodesIssued(
        @EventTag(key = PERSON) UUID personId, @Personal String codeHashes, boolean replaced) implements IdentityEvent {

    /** Without what is personal or secret: it may end in a log line. */
    @Override
    public String toString() {
        return "RecoveryCodesIssued[personId=%s]".formatted(personId);
    }
}
