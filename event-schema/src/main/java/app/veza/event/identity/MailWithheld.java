package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * Somebody asked for a mail that is sent to nobody. It stands where the request for one would, so that no position of the log tells
 * whether an address has an account.
 *
 * @param personId whom it was asked for; where there is no account an id that is nobody's
 */
@Event(namespace = "identity", name = "MailWithheld", version = "1")
public record MailWithheld(@EventTag(key = PERSON) UUID personId, UUID requestId) implements IdentityEvent {}
