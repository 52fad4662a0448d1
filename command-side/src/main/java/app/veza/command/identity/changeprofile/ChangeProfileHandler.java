package app.veza.command.identity.changeprofile;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Rejection;
import app.veza.command.identity.Account;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.ProfileChanged;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A name that is the same already need not change. */
@Component
final class ChangeProfileHandler implements Decider<ChangeProfile, ChangeProfileHandler.State> {

    /** @param account null while there is none */
    record State(@Nullable Account account) {}

    @Override
    public Class<ChangeProfile> command() {
        return ChangeProfile.class;
    }

    @Override
    public Optional<EventCriteria> boundary(ChangeProfile command) {
        return Boundary.of(events(
                tag(PERSON, command.personId()), PersonRegistered.class, ProfileChanged.class, PersonErased.class));
    }

    @Override
    public State initial() {
        return new State(null);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return new State(Account.after(state.account(), event));
    }

    @Override
    public List<VezaEvent> decide(ChangeProfile command, State state) {
        Account account = state.account();
        if (account == null) {
            throw Rejection.unauthenticated("This account was erased.");
        }
        return account.displayName().equals(command.displayName())
                ? List.of()
                : List.of(new ProfileChanged(command.personId(), command.displayName()));
    }
}
