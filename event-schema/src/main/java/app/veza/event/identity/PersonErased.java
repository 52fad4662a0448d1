package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** A person is gone: what was personal about them is unreadable from here on, and their names are free for others. */
@Event(namespace = "identity", name = "PersonErased", version = "1")
public record PersonErased(@EventTag(key = PERSON) UUID personId) implements IdentityEvent {}
