package app.veza.command.identity.guesses;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.event.VezaEvent;
import app.veza.event.identity.LoginFailed;
import app.veza.event.identity.LoginsDelayed;
import app.veza.event.identity.PersonErased;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** A failure rests on no other one: however many come at once, none waits for another. */
@Component
final class RememberFailureHandler implements Decider<RememberFailure, RememberFailureHandler.State> {

    /** @param erased whether there is nobody any more to remember it of */
    record State(boolean erased) {}

    @Override
    public Class<RememberFailure> command() {
        return RememberFailure.class;
    }

    @Override
    public Optional<EventCriteria> boundary(RememberFailure command) {
        return Boundary.of(events(tag(PERSON, command.personId()), PersonErased.class));
    }

    @Override
    public State initial() {
        return new State(false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return event instanceof PersonErased ? new State(true) : state;
    }

    @Override
    public List<VezaEvent> decide(RememberFailure command, State state) {
        if (state.erased()) {
            return List.of();
        }
        var failed = new LoginFailed(command.personId(), command.address(), command.agent());
        return command.delayedUntil() == null
                ? List.of(failed)
                : List.of(failed, new LoginsDelayed(command.personId(), command.address(), command.delayedUntil()));
    }
}
