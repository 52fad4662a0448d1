package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;

import app.veza.event.Personal;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/** Somebody gave a wrong password, or a wrong code beside the right one, for an account that exists. */
@Event(namespace = "identity", name = "LoginFailed", version = "1")
public record LoginFailed(
        @EventTag(key = PERSON) UUID personId,
        @Personal String address,
        @Personal @Nullable String agent) implements IdentityEvent {}
