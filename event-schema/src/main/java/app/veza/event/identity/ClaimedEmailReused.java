package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** Somebody opened another account with an address that a person has proved to be theirs: that person is told by mail. */
@Event(namespace = "identity", name = "ClaimedEmailReused", version = "1")
public record ClaimedEmailReused(@EventTag(key = PERSON) UUID personId) implements IdentityEvent {}
