package app.veza.command.identity.endsessions;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Rejection;
import app.veza.command.identity.session.LiveSessions;
import app.veza.event.VezaEvent;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import app.veza.event.identity.SessionEnded;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** A session that begins meanwhile makes the decision be made again: none escapes. */
@Component
final class EndSessionsHandler implements Decider<EndSessions, EndSessionsHandler.State> {

    /** @param isAdmin whether who wants them to end is one */
    record State(LiveSessions sessions, boolean isAdmin) {}

    @Override
    public Class<EndSessions> command() {
        return EndSessions.class;
    }

    @Override
    public Optional<EventCriteria> boundary(EndSessions command) {
        return Boundary.anyOf(
                LiveSessions.of(command.personId()), events(tag(PERSON, command.endedBy()), RolesChanged.class));
    }

    @Override
    public State initial() {
        return new State(LiveSessions.NONE, false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return event instanceof RolesChanged changed
                ? new State(state.sessions(), changed.roles().contains(Role.ADMIN))
                : new State(state.sessions().after(event), state.isAdmin());
    }

    @Override
    public List<VezaEvent> decide(EndSessions command, State state) {
        if (!command.endedBy().equals(command.personId()) && !state.isAdmin()) {
            throw Rejection.forbidden("Only an admin ends the sessions of others.");
        }
        return state.sessions().endAllBut(command.kept(), command.at(), SessionEnded.Reason.REVOKED, command.endedBy());
    }
}
