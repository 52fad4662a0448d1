package app.veza.event.identity;

import static app.veza.event.EventTags.PAIR;
import static app.veza.event.EventTags.PERSON;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person does not mind hearing from another any more.
 *
 * @param blockedId the other
 * @param pairId names these two people, in whichever order
 */
@Event(namespace = "identity", name = "PersonUnblocked", version = "1")
public record PersonUnblocked(
        @EventTag(key = PERSON) UUID personId,
        UUID blockedId,
        @EventTag(key = PAIR) UUID pairId) implements IdentityEvent {}
