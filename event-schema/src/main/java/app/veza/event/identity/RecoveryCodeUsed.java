package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person signed in with one of the codes for when a device is lost.
 *
 * @param index of it among those that were issued last, from 0
 * @param left how many of them are still good
 */
@Event(namespace = "identity", name = "RecoveryCodeUsed", version = "1")
public record RecoveryCodeUsed(@EventTag(key = PERSON) UUID personId, int index, int left) implements IdentityEvent {}
