package app.veza.command.identity.login;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.USERNAME;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.identity.SessionRejections;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.LoginFailed;
import app.veza.event.identity.PersonRegistered;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A session begins when the password matched the hash that still is the person's. Hashing is too slow for here, where it
 * would be done again in each retry; comparing hashes is not.
 */
@Component
final class LogInHandler implements Decider<LogIn, LogInHandler.State> {

    /** @param person null while nobody has this username */
    record State(@Nullable PersonRegistered person) {}

    @Override
    public Class<LogIn> command() {
        return LogIn.class;
    }

    @Override
    public Optional<EventCriteria> boundary(LogIn command) {
        return Boundary.of(events(tag(USERNAME, command.usernameKey()), PersonRegistered.class));
    }

    @Override
    public State initial() {
        return new State(null);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return event instanceof PersonRegistered person && !Erased.is(person.passwordHash())
                ? new State(person)
                : state;
    }

    @Override
    public List<VezaEvent> decide(LogIn command, State state) {
        PersonRegistered person = state.person();
        if (!Objects.equals(person == null ? null : person.passwordHash(), command.checkedHash())) {
            throw new CredentialsChanged();
        }
        if (person == null) {
            throw SessionRejections.invalidCredentials();
        }
        if (!command.passwordMatches()) {
            return List.of(new LoginFailed(person.personId(), command.address(), command.agent()));
        }
        return List.of(new LoggedIn(
                command.sessionId(),
                person.personId(),
                command.address(),
                command.agent(),
                command.refreshTokenHash(),
                command.expiresAt()));
    }
}
