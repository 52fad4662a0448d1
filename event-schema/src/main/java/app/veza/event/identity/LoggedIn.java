package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.SESSION;

import app.veza.event.Personal;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * A person proved who they are; a session began.
 *
 * @param address from which the request came, as text
 * @param agent the User-Agent header
 * @param refreshTokenHash SHA-256 of the first refresh token, base64url
 * @param expiresAt when the session ends however often it is refreshed
 */
@Event(namespace = "identity", name = "LoggedIn", version = "1")
public record LoggedIn(
        @EventTag(key = SESSION) UUID sessionId,
        @EventTag(key = PERSON) UUID personId,
        @Personal String address,
        @Personal @Nullable String agent,
        @Personal String refreshTokenHash,
        Instant expiresAt)
        implements IdentityEvent {

    /** Without what is personal or secret: it may end in a log line. */
    @Override
    public String toString() {
        return "LoggedIn[sessionId=%s, personId=%s]".formatted(sessionId, personId);
    }
}
