package app.veza.command.identity.refresh;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.SESSION;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.identity.SessionRejections;
import app.veza.event.VezaEvent;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.SessionEnded;
import app.veza.event.identity.SessionRefreshed;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A refresh token is good once. When a spent one comes again, it or its successor was stolen, nobody can tell which: the
 * session ends (RFC 9700, section 4.14.2). A token that never was one ends nothing, else whoever knows a session's id could.
 */
@Component
final class RefreshSessionHandler implements Decider<RefreshSession, RefreshSessionHandler.State> {

    /**
     * @param session null while there is none
     * @param currentHash of the token that is good
     * @param spent hashes of those that were
     */
    record State(@Nullable LoggedIn session, @Nullable String currentHash, Set<String> spent, boolean ended) {}

    @Override
    public Class<RefreshSession> command() {
        return RefreshSession.class;
    }

    @Override
    public Optional<EventCriteria> boundary(RefreshSession command) {
        return Boundary.of(
                events(tag(SESSION, command.sessionId()), LoggedIn.class, SessionRefreshed.class, SessionEnded.class));
    }

    @Override
    public State initial() {
        return new State(null, null, Set.of(), false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case LoggedIn session -> new State(session, session.refreshTokenHash(), Set.of(), false);
            case SessionRefreshed refreshed -> {
                var spent = new HashSet<>(state.spent());
                spent.add(state.currentHash());
                yield new State(state.session(), refreshed.refreshTokenHash(), spent, state.ended());
            }
            case SessionEnded ended -> new State(state.session(), state.currentHash(), state.spent(), true);
            default -> state;
        };
    }

    @Override
    public List<VezaEvent> decide(RefreshSession command, State state) {
        LoggedIn session = state.session();
        if (session == null || state.ended() || !command.at().isBefore(session.expiresAt())) {
            throw SessionRejections.invalidRefreshToken();
        }
        if (command.presentedHash().equals(state.currentHash())) {
            return List.of(new SessionRefreshed(session.sessionId(), session.personId(), command.nextHash()));
        }
        if (state.spent().contains(command.presentedHash())) {
            return List.of(new SessionEnded(
                    session.sessionId(), session.personId(), SessionEnded.Reason.REFRESH_REUSED, session.personId()));
        }
        throw SessionRejections.invalidRefreshToken();
    }
}
