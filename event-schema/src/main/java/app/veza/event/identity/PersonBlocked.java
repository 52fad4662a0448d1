package app.veza.event.identity;

import static app.veza.event.EventTags.PAIR;
import static app.veza.event.EventTags.PERSON;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person does not want to hear from another: neither can open a direct room with the other or say anything in the one they have.
 *
 * @param blockedId the other
 * @param pairId names these two people, in whichever order
 */
@Event(namespace = "identity", name = "PersonBlocked", version = "1")
public record PersonBlocked(
        @EventTag(key = PERSON) UUID personId,
        UUID blockedId,
        @EventTag(key = PAIR) UUID pairId) implements IdentityEvent {}
