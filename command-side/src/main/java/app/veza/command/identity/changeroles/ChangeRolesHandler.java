package app.veza.command.identity.changeroles;

import static app.veza.command.Boundary.allEvents;
import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Rejection;
import app.veza.command.Rejection.Kind;
import app.veza.command.identity.Account;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/**
 * An admin says what a person may do. The decision rests on everybody's roles, so that two admins who take each other's role at
 * the same moment cannot leave the platform without any; roles change seldom.
 */
@Component
final class ChangeRolesHandler implements Decider<ChangeRoles, ChangeRolesHandler.State> {

    /**
     * @param exists whether the person has an account
     * @param roles of those whose roles were ever changed
     */
    record State(boolean exists, Map<UUID, List<Role>> roles) {

        List<Role> of(UUID person) {
            return roles.getOrDefault(person, Account.FIRST_ROLES);
        }

        boolean isAdmin(UUID person) {
            return of(person).contains(Role.ADMIN);
        }

        boolean isOnlyAdmin(UUID person) {
            return isAdmin(person)
                    && roles.keySet().stream().filter(this::isAdmin).count() == 1;
        }
    }

    @Override
    public Class<ChangeRoles> command() {
        return ChangeRoles.class;
    }

    @Override
    public Optional<EventCriteria> boundary(ChangeRoles command) {
        return Boundary.anyOf(
                events(tag(PERSON, command.personId()), PersonRegistered.class, PersonErased.class),
                allEvents(RolesChanged.class));
    }

    @Override
    public State initial() {
        return new State(false, Map.of());
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case PersonRegistered person -> new State(!Erased.is(person.usernameKey()), state.roles());
            case PersonErased erased -> new State(false, state.roles());
            case RolesChanged changed -> {
                var roles = new HashMap<>(state.roles());
                roles.put(changed.personId(), changed.roles());
                yield new State(state.exists(), roles);
            }
            default -> state;
        };
    }

    @Override
    public List<VezaEvent> decide(ChangeRoles command, State state) {
        if (!state.isAdmin(command.changedBy())) {
            throw Rejection.forbidden("Only an admin changes roles.");
        }
        if (!state.exists()) {
            throw Rejection.notFound("There is nobody with this id.");
        }
        if (command.roles().equals(state.of(command.personId()))) {
            return List.of();
        }
        if (state.isOnlyAdmin(command.personId()) && !command.roles().contains(Role.ADMIN)) {
            throw new Rejection(
                    Kind.CONFLICT,
                    "last-admin",
                    "Last admin",
                    "Nobody else is an admin: make somebody one before this person ceases to be.");
        }
        return List.of(new RolesChanged(command.personId(), command.roles(), command.changedBy()));
    }
}
