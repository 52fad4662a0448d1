package app.veza.command.identity.login;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.USERNAME;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Further;
import app.veza.command.identity.Account;
import app.veza.command.identity.CredentialsChanged;
import app.veza.command.identity.SessionRejections;
import app.veza.command.identity.secondfactor.SecondFactor;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.LoggedIn;
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
 * would be done again in each retry; comparing hashes is not, and neither is making a code. A wrong password is refused like a name
 * that nobody has, in the same time: what is remembered of it follows after the answer.
 */
@Component
final class LogInHandler implements Decider<LogIn, LogInHandler.State> {

    /** @param account null while nobody has this username */
    record State(@Nullable Account account, SecondFactor factor) {}

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
                        named,
                        events(tag(PERSON, command.personId()), PasswordChanged.class, PersonErased.class),
                        SecondFactor.of(command.personId()));
    }

    @Override
    public Optional<Further> further(LogIn command, State state) {
        return command.personId() != null && state.factor().isOn()
                ? Optional.of(Further.last(SecondFactor.uses(command.personId())))
                : Optional.empty();
    }

    @Override
    public State initial() {
        return new State(null, SecondFactor.NONE);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        // Somebody had the name before and was erased: that takes it from nobody who has it since
        return event instanceof PersonRegistered person && Erased.is(person.passwordHash())
                ? state
                : new State(
                        Account.after(state.account(), event), state.factor().after(event));
    }

    @Override
    public List<VezaEvent> decide(LogIn command, State state) {
        Account account = state.account();
        if (!Objects.equals(account == null ? null : account.personId(), command.personId())
                || !Objects.equals(account == null ? null : account.passwordHash(), command.checkedHash())) {
            throw new CredentialsChanged();
        }
        if (account == null || !command.passwordMatches()) {
            throw SessionRejections.invalidCredentials();
        }
        var loggedIn = new LoggedIn(
                command.sessionId(),
                account.personId(),
                command.address(),
                command.agent(),
                command.refreshTokenHash(),
                command.expiresAt());
        return state.factor().isOn()
                ? List.of(codeUsed(command, account, state.factor()), loggedIn)
                : List.of(loggedIn);
    }

    private static VezaEvent codeUsed(LogIn command, Account account, SecondFactor factor) {
        if (command.code() == null) {
            throw SessionRejections.totpRequired();
        }
        return factor.use(account.personId(), command.code(), command.at()).orElseThrow(SessionRejections::invalidTotp);
    }
}
