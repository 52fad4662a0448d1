package app.veza.command.identity.eraseperson;

import static app.veza.command.Boundary.allEvents;
import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Rejection;
import app.veza.command.Rejection.Kind;
import app.veza.command.identity.Account;
import app.veza.command.identity.session.LiveSessions;
import app.veza.event.VezaEvent;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import app.veza.event.identity.SessionEnded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/**
 * Sessions end, roles go, and the erasure comes last: its position is that from which on nothing of the person is left. The last
 * admin cannot go before there is another.
 */
@Component
final class ErasePersonHandler implements Decider<ErasePerson, ErasePersonHandler.State> {

    /**
     * @param admins all of them
     * @param ranked who has more than everybody's role
     */
    record State(LiveSessions sessions, Set<UUID> admins, Set<UUID> ranked, boolean erased) {}

    @Override
    public Class<ErasePerson> command() {
        return ErasePerson.class;
    }

    @Override
    public Optional<EventCriteria> boundary(ErasePerson command) {
        return Boundary.anyOf(
                events(tag(PERSON, command.personId()), LoggedIn.class, SessionEnded.class, PersonErased.class),
                allEvents(RolesChanged.class));
    }

    @Override
    public State initial() {
        return new State(LiveSessions.NONE, Set.of(), Set.of(), false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case RolesChanged changed ->
                new State(
                        state.sessions(),
                        changed(
                                state.admins(),
                                changed.personId(),
                                changed.roles().contains(Role.ADMIN)),
                        changed(
                                state.ranked(),
                                changed.personId(),
                                !changed.roles().equals(Account.FIRST_ROLES)),
                        state.erased());
            case PersonErased erased -> new State(state.sessions(), state.admins(), state.ranked(), true);
            default -> new State(state.sessions().after(event), state.admins(), state.ranked(), state.erased());
        };
    }

    private static Set<UUID> changed(Set<UUID> people, UUID person, boolean isIn) {
        var changed = new HashSet<>(people);
        if (isIn) {
            changed.add(person);
        } else {
            changed.remove(person);
        }
        return changed;
    }

    @Override
    public List<VezaEvent> decide(ErasePerson command, State state) {
        UUID person = command.personId();
        if (state.erased()) {
            throw Rejection.unauthenticated("This account was erased.");
        }
        if (state.admins().equals(Set.of(person))) {
            throw new Rejection(
                    Kind.CONFLICT,
                    "last-admin",
                    "Last admin",
                    "Nobody else is an admin: make somebody one before you go.");
        }
        List<VezaEvent> events = new ArrayList<>(
                state.sessions().endAllBut(null, command.at(), SessionEnded.Reason.PERSON_ERASED, person));
        if (state.ranked().contains(person)) {
            events.add(new RolesChanged(person, Account.FIRST_ROLES, person));
        }
        events.add(new PersonErased(person));
        return events;
    }
}
