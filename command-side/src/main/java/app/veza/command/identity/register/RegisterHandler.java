package app.veza.command.identity.register;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.USERNAME;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Rejection;
import app.veza.command.Rejection.Kind;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PersonRegistered;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** A username belongs to one person, until they are erased. That is a condition on its tag: there is no table of names. */
@Component
final class RegisterHandler implements Decider<Register, RegisterHandler.Username> {

    record Username(boolean isTaken) {}

    @Override
    public Class<Register> command() {
        return Register.class;
    }

    @Override
    public Optional<EventCriteria> boundary(Register command) {
        return Boundary.of(events(tag(USERNAME, command.usernameKey()), PersonRegistered.class));
    }

    @Override
    public Username initial() {
        return new Username(false);
    }

    @Override
    public Username evolve(Username state, VezaEvent event) {
        return event instanceof PersonRegistered person && !Erased.is(person.usernameKey())
                ? new Username(true)
                : state;
    }

    @Override
    public List<VezaEvent> decide(Register command, Username state) {
        if (state.isTaken()) {
            throw new Rejection(
                    Kind.CONFLICT,
                    "username-taken",
                    "Username taken",
                    "Somebody else has this username: choose another.");
        }
        return List.of(new PersonRegistered(
                command.personId(),
                command.username(),
                command.usernameKey(),
                command.displayName(),
                command.email(),
                command.passwordHash()));
    }
}
