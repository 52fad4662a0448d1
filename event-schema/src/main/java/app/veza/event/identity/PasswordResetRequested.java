package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;

import java.time.Instant;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * Somebody says that a person forgot their password: what is mailed to the person lets them choose another one, once. The secret
 * of that mail is derived from the ids and the platform's key: it stands nowhere.
 *
 * @param expiresAt from when on the mail is good for nothing
 */
@Event(namespace = "identity", name = "PasswordResetRequested", version = "1")
public record PasswordResetRequested(@EventTag(key = PERSON) UUID personId, UUID requestId, Instant expiresAt)
        implements IdentityEvent {}
