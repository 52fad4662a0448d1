package app.veza.event.identity;

import static app.veza.event.EventTags.EXTERNAL;
import static app.veza.event.EventTags.PERSON;

import app.veza.event.Personal;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person cannot sign in any more with what they are known as at an OpenID provider.
 *
 * @param provider as the platform's configuration calls it
 * @param externalKey issuer and subject of its ID tokens, with a space between
 */
@Event(namespace = "identity", name = "ProviderUnlinked", version = "1")
public record ProviderUnlinked(
        @EventTag(key = PERSON) UUID personId,
        String provider,
        @Personal @EventTag(key = EXTERNAL) String externalKey) implements IdentityEvent {

    /** Without what is personal or secret: it may end in a log line. */
    @Override
    public String toString() {
        return "ProviderUnlinked[personId=%s, provider=%s]".formatted(personId, provider);
    }
}
