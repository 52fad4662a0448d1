package app.veza.command.identity.logout;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.SESSION;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.event.VezaEvent;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.SessionEnded;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One's own session ends. What has ended, or never began, need not end. */
@Component
final class LogOutHandler implements Decider<LogOut, LogOutHandler.State> {

    /** @param personId whose session it is, null while there is none */
    record State(@Nullable UUID personId, boolean ended) {}

    @Override
    public Class<LogOut> command() {
        return LogOut.class;
    }

    @Override
    public Optional<EventCriteria> boundary(LogOut command) {
        return Boundary.of(events(tag(SESSION, command.sessionId()), LoggedIn.class, SessionEnded.class));
    }

    @Override
    public State initial() {
        return new State(null, false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case LoggedIn session -> new State(session.personId(), false);
            case SessionEnded ended -> new State(state.personId(), true);
            default -> state;
        };
    }

    @Override
    public List<VezaEvent> decide(LogOut command, State state) {
        boolean isTheirs = command.personId().equals(state.personId());
        return isTheirs && !state.ended()
                ? List.of(new SessionEnded(
                        command.sessionId(), command.personId(), SessionEnded.Reason.LOGGED_OUT, command.personId()))
                : List.of();
    }
}
