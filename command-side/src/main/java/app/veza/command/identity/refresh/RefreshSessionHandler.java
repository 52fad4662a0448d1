package app.veza.command.identity.refresh;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.SESSION;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Past;
import app.veza.command.identity.SessionRejections;
import app.veza.event.VezaEvent;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.SessionEnded;
import app.veza.event.identity.SessionRefreshed;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
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
     * @param spent hashes of those that were, oldest first
     * @param refreshes how many there were
     */
    record State(
            @Nullable LoggedIn session,
            @Nullable String currentHash,
            Past<String> spent,
            int refreshes,
            boolean ended) {

        State refreshedTo(String hash) {
            return new State(
                    session, hash, currentHash == null ? spent : spent.with(currentHash), refreshes + 1, ended);
        }

        boolean isSpent(String hash) {
            return StreamSupport.stream(spent.spliterator(), false).anyMatch(hash::equals);
        }
    }

    /**
     * More than a client ever has need of, which refreshes when ten minutes are over: each is read by those that follow, so without an end
     * to them a session would become dear.
     */
    static final int MOST = 10_000;

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
        return new State(null, null, Past.none(), 0, false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case LoggedIn session -> new State(session, session.refreshTokenHash(), Past.none(), 0, false);
            case SessionRefreshed refreshed -> state.refreshedTo(refreshed.refreshTokenHash());
            case SessionEnded ended ->
                new State(state.session(), state.currentHash(), state.spent(), state.refreshes(), true);
            default -> state;
        };
    }

    @Override
    public List<VezaEvent> decide(RefreshSession command, State state) {
        LoggedIn session = state.session();
        if (session == null
                || state.ended()
                || state.refreshes() >= MOST
                || !command.at().isBefore(session.expiresAt())) {
            throw SessionRejections.invalidRefreshToken();
        }
        if (command.presentedHash().equals(state.currentHash())) {
            return List.of(new SessionRefreshed(session.sessionId(), session.personId(), command.nextHash()));
        }
        if (state.isSpent(command.presentedHash())) {
            return List.of(new SessionEnded(
                    session.sessionId(), session.personId(), SessionEnded.Reason.REFRESH_REUSED, session.personId()));
        }
        throw SessionRejections.invalidRefreshToken();
    }
}
