package app.veza.command.chat.opendirectroom;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PAIR;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.InvalidInput;
import app.veza.command.chat.RoomRejections;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.chat.DirectRoomOpened;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberRole;
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

/** Anybody may talk to anybody who has not blocked them. Two people have one direct room for all time. */
@Component
final class OpenDirectRoomHandler implements Decider<OpenDirectRoom, OpenDirectRoomHandler.State> {

    record State(boolean isOpen, Set<UUID> blockers, boolean otherIsRegistered) {}

    @Override
    public Class<OpenDirectRoom> command() {
        return OpenDirectRoom.class;
    }

    @Override
    public Optional<EventCriteria> boundary(OpenDirectRoom command) {
        return Boundary.anyOf(pairOf(command.pairId()), events(tag(PERSON, command.otherId()), PersonRegistered.class));
    }

    @Override
    public State initial() {
        return new State(false, Set.of(), false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case DirectRoomOpened opened -> new State(true, state.blockers(), state.otherIsRegistered());
            case PersonBlocked blocked ->
                new State(state.isOpen(), with(state.blockers(), blocked.personId()), state.otherIsRegistered());
            case PersonUnblocked unblocked ->
                new State(state.isOpen(), without(state.blockers(), unblocked.personId()), state.otherIsRegistered());
            case PersonRegistered other -> new State(state.isOpen(), state.blockers(), !Erased.is(other.usernameKey()));
            default -> state;
        };
    }

    @Override
    public List<VezaEvent> decide(OpenDirectRoom command, State state) {
        if (command.by().equals(command.otherId())) {
            throw new InvalidInput("/userId", "must be another's");
        }
        if (state.isOpen()) {
            return List.of();
        }
        if (!state.otherIsRegistered()) {
            throw RoomRejections.personNotFound();
        }
        if (!state.blockers().isEmpty()) {
            throw RoomRejections.blocked();
        }
        return List.of(
                new DirectRoomOpened(command.roomId(), command.pairId(), command.by(), command.otherId()),
                new MemberJoined(command.roomId(), command.by(), MemberRole.MEMBER, command.by()),
                new MemberJoined(command.roomId(), command.otherId(), MemberRole.MEMBER, command.by()));
    }

    private static EventCriteria pairOf(UUID pairId) {
        return events(tag(PAIR, pairId), DirectRoomOpened.class, PersonBlocked.class, PersonUnblocked.class);
    }

    private static Set<UUID> with(Set<UUID> people, UUID person) {
        return Stream.concat(people.stream(), Stream.of(person)).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<UUID> without(Set<UUID> people, UUID person) {
        return people.stream().filter(other -> !other.equals(person)).collect(Collectors.toUnmodifiableSet());
    }
}
