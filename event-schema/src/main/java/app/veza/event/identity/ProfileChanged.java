package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;

import app.veza.event.Personal;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person changed what others see of them; all of it as it is now.
 *
 * @param displayName 1-80 characters
 */
@Event(namespace = "identity", name = "ProfileChanged", version = "1")
public record ProfileChanged(
        @EventTag(key = PERSON) UUID personId, @Personal String displayName) implements IdentityEvent {}
