package app.veza.command.identity.endsession;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.SESSION;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Rejection;
import app.veza.command.Traces;
import app.veza.event.VezaEvent;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import app.veza.event.identity.SessionEnded;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** To others than its person and admins a session does not exist. What has ended need not end. */
@Component
final class EndSessionHandler implements Decider<EndSession, EndSessionHandler.State> {

    /**
     * @param personId whose session it is, null while there is none
     * @param isAdmin whether who wants it to end is one
     */
    record State(@Nullable UUID personId, boolean ended, boolean isAdmin) {}

    @Override
    public Class<EndSession> command() {
        return EndSession.class;
    }

    @Override
    public Optional<EventCriteria> boundary(EndSession command) {
        return Boundary.anyOf(
                events(tag(SESSION, command.sessionId()), LoggedIn.class, SessionEnded.class),
                events(tag(PERSON, command.endedBy()), RolesChanged.class));
    }

    @Override
    public State initial() {
        return new State(null, false, false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case LoggedIn session -> new State(session.personId(), false, state.isAdmin());
            case SessionEnded ended -> new State(state.personId(), true, state.isAdmin());
            case RolesChanged changed ->
                new State(state.personId(), state.ended(), changed.roles().contains(Role.ADMIN));
            default -> state;
        };
    }

    @Override
    public List<VezaEvent> decide(EndSession command, State state) {
        UUID person = state.personId();
        if (person == null || !(person.equals(command.endedBy()) || state.isAdmin())) {
            throw Rejection.notFound("You have no session with this id.");
        }
        if (state.ended()) {
            return List.of();
        }
        var ended = new SessionEnded(command.sessionId(), person, SessionEnded.Reason.REVOKED, command.endedBy());
        if (person.equals(command.endedBy())) {
            return List.of(ended);
        }
        // What admins do to others is audited, and only here is it known that the session is another's
        return List.of(Traces.deletion(command.endedBy(), EndSessionEndpoint.ROUTE, command.sessionId()), ended);
    }
}
