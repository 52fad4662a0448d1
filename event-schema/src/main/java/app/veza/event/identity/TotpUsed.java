package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person proved with a code that they have their secret.
 *
 * @param step of that code, in steps of 30 seconds since 1970: no code up to it is good again
 */
@Event(namespace = "identity", name = "TotpUsed", version = "1")
public record TotpUsed(@EventTag(key = PERSON) UUID personId, long step) implements IdentityEvent {}
