package app.veza.command.identity.login;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.USERNAME;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.identity.Account;
import app.veza.command.identity.CredentialsChanged;
import app.veza.command.identity.SessionRejections;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.LoginFailed;
import app.veza.event.identity.PasswordChanged;
import app.veza.event.identity.PersonErased;
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

    /** @param account null while nobody has this username */
    record State(@Nullable Account account) {}

    @Override
    public Class<LogIn> command() {
        return LogIn.class;
    }

    @Override
    public Optional<EventCriteria> boundary(LogIn command) {
        EventCriteria named = events(tag(USERNAME, command.usernameKey()), PersonRegistered.class);
        return command.personId() == null
                ? Boundary.of(named)
                : Boundary.anyOf(
                        named, events(tag(PERSON, command.personId()), PasswordChanged.class, PersonErased.class));
    }

    @Override
    public State initial() {
        return new State(null);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        // Somebody had the name before and was erased: that takes it from nobody who has it since
        return event instanceof PersonRegistered person && Erased.is(person.passwordHash())
                ? state
                : new State(Account.after(state.account(), event));
    }

    @Override
    public List<VezaEvent> decide(LogIn command, State state) {
        Account account = state.account();
        if (!Objects.equals(account == null ? null : account.personId(), command.personId())
                || !Objects.equals(account == null ? null : account.passwordHash(), command.checkedHash())) {
            throw new CredentialsChanged();
        }
        if (account == null) {
            throw SessionRejections.invalidCredentials();
        }
        if (!command.passwordMatches()) {
            return List.of(new LoginFailed(account.personId(), command.address(), command.agent()));
        }
        return List.of(new LoggedIn(
                command.sessionId(),
                account.personId(),
                command.address(),
                command.agent(),
                command.refreshTokenHash(),
                command.expiresAt()));
    }
}
