package app.veza.command.identity.changepassword;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Rejection;
import app.veza.command.identity.Account;
import app.veza.command.identity.CredentialsChanged;
import app.veza.command.identity.SessionRejections;
import app.veza.command.identity.session.LiveSessions;
import app.veza.event.VezaEvent;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.PasswordChanged;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.SessionEnded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whoever else knew the old password, or came in by it, is out: all sessions but the one that asks end. */
@Component
final class ChangePasswordHandler implements Decider<ChangePassword, ChangePasswordHandler.State> {

    /** @param account null while there is none */
    record State(@Nullable Account account, LiveSessions sessions) {}

    @Override
    public Class<ChangePassword> command() {
        return ChangePassword.class;
    }

    @Override
    public Optional<EventCriteria> boundary(ChangePassword command) {
        return Boundary.of(events(
                tag(PERSON, command.personId()),
                PersonRegistered.class,
                PasswordChanged.class,
                PersonErased.class,
                LoggedIn.class,
                SessionEnded.class));
    }

    @Override
    public State initial() {
        return new State(null, LiveSessions.NONE);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return new State(Account.after(state.account(), event), state.sessions().after(event));
    }

    @Override
    public List<VezaEvent> decide(ChangePassword command, State state) {
        Account account = state.account();
        if (account == null) {
            throw Rejection.unauthenticated("This account was erased.");
        }
        if (!account.passwordHash().equals(command.checkedHash())) {
            throw new CredentialsChanged();
        }
        if (!command.passwordMatches()) {
            throw SessionRejections.invalidCredentials();
        }
        List<VezaEvent> events = new ArrayList<>();
        events.add(new PasswordChanged(command.personId(), command.passwordHash(), false));
        events.addAll(state.sessions()
                .endAllBut(command.kept(), command.at(), SessionEnded.Reason.PASSWORD_CHANGED, command.personId()));
        return events;
    }
}
