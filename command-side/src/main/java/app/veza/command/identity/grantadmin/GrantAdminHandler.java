package app.veza.command.identity.grantadmin;

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
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A person becomes an admin beside what they are. Who is one stays so. */
@Component
final class GrantAdminHandler implements Decider<GrantAdmin, GrantAdminHandler.State> {

    /** @param account null while there is none */
    record State(@Nullable Account account) {}

    @Override
    public Class<GrantAdmin> command() {
        return GrantAdmin.class;
    }

    @Override
    public Optional<EventCriteria> boundary(GrantAdmin command) {
        return Boundary.of(events(
                tag(PERSON, command.personId()), PersonRegistered.class, RolesChanged.class, PersonErased.class));
    }

    @Override
    public State initial() {
        return new State(null);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return new State(event instanceof PersonErased ? null : Account.after(state.account(), event));
    }

    @Override
    public List<VezaEvent> decide(GrantAdmin command, State state) {
        Account account = state.account();
        if (account == null) {
            throw Rejection.notFound("There is nobody with this id.");
        }
        if (account.roles().contains(Role.ADMIN)) {
            return List.of();
        }
        var roles = EnumSet.copyOf(account.roles());
        roles.add(Role.ADMIN);
        return List.of(new RolesChanged(command.personId(), List.copyOf(roles), null));
    }
}
