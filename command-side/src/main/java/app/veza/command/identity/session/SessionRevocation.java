package app.veza.command.identity.session;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.SESSION;

import app.veza.command.History;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.SessionEnded;
import app.veza.event.identity.SessionRefreshed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Whether a session is still good, for whoever checks access tokens. It is read from this node's index of the log: two
 * events, microseconds, and never an answer from a cache that is away.
 */
@Component
public final class SessionRevocation {

    private final History history;
    private final InstantSource clock;

    public SessionRevocation(History history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    /** How it stands with a session. */
    public enum SessionState {
        LIVE,
        ENDED,
        EXPIRED,
        /** The log, as far as this node has read it, knows none with this id. */
        UNKNOWN
    }

    /** Whether the session began, has not ended and has not expired. */
    public boolean isLive(UUID sessionId) {
        return stateOf(sessionId) == SessionState.LIVE;
    }

    /** When it began; empty when none is known with this id. */
    public Optional<Instant> beginOf(UUID sessionId) {
        return history.readDated(events(tag(SESSION, sessionId), LoggedIn.class)).stream()
                .map(History.Dated::at)
                .findFirst();
    }

    /** When it began or was refreshed last; empty when none is known with this id. */
    public Optional<Instant> lastRefreshOf(UUID sessionId) {
        return history.last(events(tag(SESSION, sessionId), LoggedIn.class, SessionRefreshed.class))
                .map(History.Dated::at);
    }

    /** When it ends however often it is refreshed; empty when none is known with this id. */
    public Optional<Instant> endOf(UUID sessionId) {
        return history.read(events(tag(SESSION, sessionId), LoggedIn.class)).stream()
                .map(event -> ((LoggedIn) event).expiresAt())
                .findFirst();
    }

    /** Whether it was ended; it may have expired, or not be known here. Cheap: nothing is read of one that goes on. */
    public boolean hasEnded(UUID sessionId) {
        return !history.read(events(tag(SESSION, sessionId), SessionEnded.class))
                .isEmpty();
    }

    public SessionState stateOf(UUID sessionId) {
        List<VezaEvent> events = history.read(events(tag(SESSION, sessionId), LoggedIn.class, SessionEnded.class));
        if (events.isEmpty()) {
            return SessionState.UNKNOWN;
        }
        if (!(events.getFirst() instanceof LoggedIn session)
                || events.getLast() instanceof SessionEnded
                // Whose it was is no more
                || Erased.is(session.refreshTokenHash())) {
            return SessionState.ENDED;
        }
        return clock.instant().isBefore(session.expiresAt()) ? SessionState.LIVE : SessionState.EXPIRED;
    }
}
