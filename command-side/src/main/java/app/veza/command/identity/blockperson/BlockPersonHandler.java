package app.veza.command.identity.blockperson;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PAIR;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Rejection;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PersonBlocked;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.PersonUnblocked;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Everybody may block anybody but themselves. */
@Component
final class BlockPersonHandler implements Decider<BlockPerson, BlockPersonHandler.State> {

    /** @param blockers of the two who blocked the other */
    record State(Set<UUID> blockers, boolean isRegistered) {}

    @Override
    public Class<BlockPerson> command() {
        return BlockPerson.class;
    }

    @Override
    public Optional<EventCriteria> boundary(BlockPerson command) {
        return Boundary.anyOf(
                events(tag(PAIR, command.pairId()), PersonBlocked.class, PersonUnblocked.class),
                events(tag(PERSON, command.personId()), PersonRegistered.class));
    }

    @Override
    public State initial() {
        return new State(Set.of(), false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case PersonBlocked blocked ->
                new State(
                        Stream.concat(state.blockers().stream(), Stream.of(blocked.personId()))
                                .collect(Collectors.toUnmodifiableSet()),
                        state.isRegistered());
            case PersonUnblocked unblocked ->
                new State(
                        state.blockers().stream()
                                .filter(person -> !person.equals(unblocked.personId()))
                                .collect(Collectors.toUnmodifiableSet()),
                        state.isRegistered());
            case PersonRegistered person -> new State(state.blockers(), !Erased.is(person.usernameKey()));
            default -> state;
        };
    }

    @Override
    public List<VezaEvent> decide(BlockPerson command, State state) {
        if (command.by().equals(command.personId())) {
            throw Rejection.forbidden("Nobody can block themselves.");
        }
        if (!state.isRegistered()) {
            throw Rejection.notFound("There is no such person.");
        }
        return state.blockers().contains(command.by())
                ? List.of()
                : List.of(new PersonBlocked(command.by(), command.personId(), command.pairId()));
    }
}
