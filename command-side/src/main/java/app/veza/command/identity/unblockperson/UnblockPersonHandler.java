package app.veza.command.identity.unblockperson;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PAIR;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PersonBlocked;
import app.veza.event.identity.PersonUnblocked;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Who blocked another may take it back. */
@Component
final class UnblockPersonHandler implements Decider<UnblockPerson, UnblockPersonHandler.State> {

    /** @param blockers of the two who blocked the other */
    record State(Set<UUID> blockers) {}

    @Override
    public Class<UnblockPerson> command() {
        return UnblockPerson.class;
    }

    @Override
    public Optional<EventCriteria> boundary(UnblockPerson command) {
        return Boundary.of(events(tag(PAIR, command.pairId()), PersonBlocked.class, PersonUnblocked.class));
    }

    @Override
    public State initial() {
        return new State(Set.of());
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case PersonBlocked blocked ->
                new State(Stream.concat(state.blockers().stream(), Stream.of(blocked.personId()))
                        .collect(Collectors.toUnmodifiableSet()));
            case PersonUnblocked unblocked ->
                new State(state.blockers().stream()
                        .filter(person -> !person.equals(unblocked.personId()))
                        .collect(Collectors.toUnmodifiableSet()));
            default -> state;
        };
    }

    @Override
    public List<VezaEvent> decide(UnblockPerson command, State state) {
        return state.blockers().contains(command.by())
                ? List.of(new PersonUnblocked(command.by(), command.personId(), command.pairId()))
                : List.of();
    }
}
