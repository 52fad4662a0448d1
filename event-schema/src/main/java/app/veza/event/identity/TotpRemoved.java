package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** A person signs in with the password alone again; the secret and the recovery codes are good no more. */
@Event(namespace = "identity", name = "TotpRemoved", version = "1")
public record TotpRemoved(@EventTag(key = PERSON) UUID personId) implements IdentityEvent {}
