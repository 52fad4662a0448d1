package app.veza.command.identity.session;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Past;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.SessionEnded;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;

/**
 * A person's sessions that began and have not ended, oldest first: a part of the state of decisions that end them.
 *
 * @param past what they are folded from
 */
public record LiveSessions(Past<VezaEvent> past) {

    public static final LiveSessions NONE = new LiveSessions(Past.none());

    /** What they are folded from. */
    public static EventCriteria of(UUID personId) {
        return events(tag(PERSON, personId), LoggedIn.class, SessionEnded.class);
    }

    public static LiveSessions fold(Iterable<? extends VezaEvent> events) {
        LiveSessions sessions = NONE;
        for (VezaEvent event : events) {
            sessions = sessions.after(event);
        }
        return sessions;
    }

    /** After one more event; what does not matter changes nothing. */
    public LiveSessions after(VezaEvent event) {
        return event instanceof LoggedIn || event instanceof SessionEnded ? new LiveSessions(past.with(event)) : this;
    }

    private static void change(Map<UUID, LoggedIn> begun, VezaEvent event) {
        switch (event) {
            case LoggedIn session
            when !Erased.is(session.refreshTokenHash()) -> begun.put(session.sessionId(), session);
            case SessionEnded ended -> begun.remove(ended.sessionId());
            default -> {}
        }
    }

    /** Those that have not expired either. */
    public Stream<LoggedIn> at(Instant now) {
        var begun = new LinkedHashMap<UUID, LoggedIn>();
        past.forEach(event -> change(begun, event));
        return begun.values().stream().filter(session -> now.isBefore(session.expiresAt()));
    }

    /** The end of each of them but one; expired ones need none. */
    public List<VezaEvent> endAllBut(@Nullable UUID kept, Instant now, SessionEnded.Reason reason, UUID endedBy) {
        return at(now).filter(session -> !session.sessionId().equals(kept))
                .<VezaEvent>map(session -> new SessionEnded(session.sessionId(), session.personId(), reason, endedBy))
                .toList();
    }

    /** The end of the oldest ones while there are more than some; one that is to go on counts, and does not end. */
    List<VezaEvent> endBeyond(int most, @Nullable UUID kept, Instant now) {
        long surplus = Math.max(0, at(now).count() - most);
        return at(now).filter(session -> !session.sessionId().equals(kept))
                .limit(surplus)
                .<VezaEvent>map(session -> new SessionEnded(
                        session.sessionId(), session.personId(), SessionEnded.Reason.REVOKED, session.personId()))
                .toList();
    }
}
