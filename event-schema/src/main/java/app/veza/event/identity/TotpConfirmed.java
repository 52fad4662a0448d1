package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person made a code with the secret that they got last: from here on they sign in with such a code beside the password.
 *
 * @param step of that code, in steps of 30 seconds since 1970: no code up to it is good again
 */
@Event(namespace = "identity", name = "TotpConfirmed", version = "1")
public record TotpConfirmed(@EventTag(key = PERSON) UUID personId, long step) implements IdentityEvent {}
