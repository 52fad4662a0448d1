package app.veza.command.chat.leaveerased;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Further;
import app.veza.command.chat.Room;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MemberRoleChanged;
import app.veza.event.chat.RoomClosed;
import app.veza.event.identity.PersonErased;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/**
 * Who is erased is in no room any more, save direct ones, which are there for the other. A room whose last owner they were goes to the
 * moderator who is in it longest, else to the member who is; one that nobody else is in is closed.
 */
@Component
final class LeaveErasedHandler implements Decider<LeaveErased, LeaveErasedHandler.State> {

    /** @param members by who joined first; known when an owner of an open room goes */
    record State(Room room, boolean isErased, SequencedMap<UUID, MemberRole> members) {}

    @Override
    public Class<LeaveErased> command() {
        return LeaveErased.class;
    }

    @Override
    public Optional<EventCriteria> boundary(LeaveErased command) {
        return Boundary.anyOf(Stream.concat(
                Room.boundary(command.roomId(), command.personId()),
                Stream.of(events(tag(PERSON, command.personId()), PersonErased.class))));
    }

    @Override
    public Optional<Further> further(LeaveErased command, State state) {
        return state.isErased() && isOwnerOfOpen(command, state)
                ? Optional.of(Further.all(events(
                        tag(ROOM, command.roomId()), MemberJoined.class, MemberLeft.class, MemberRoleChanged.class)))
                : Optional.empty();
    }

    private static boolean isOwnerOfOpen(LeaveErased command, State state) {
        return state.room().roleOf(command.personId()) == MemberRole.OWNER
                && !state.room().isClosed();
    }

    @Override
    public State initial() {
        return new State(Room.UNKNOWN, false, new LinkedHashMap<>());
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return new State(
                state.room().evolve(event), state.isErased() || event instanceof PersonErased, state.members());
    }

    @Override
    public State evolveFurther(State state, VezaEvent event) {
        // Of this decision alone, as initial() made it: copies for each of a large room's members would take minutes
        SequencedMap<UUID, MemberRole> members = state.members();
        switch (event) {
            case MemberJoined joined -> members.put(joined.personId(), joined.role());
            case MemberLeft left -> members.remove(left.personId());
            case MemberRoleChanged changed -> members.replace(changed.personId(), changed.role());
            default -> {
                // says nothing of members
            }
        }
        return state;
    }

    @Override
    public List<VezaEvent> decide(LeaveErased command, State state) {
        Room room = state.room();
        if (!state.isErased() || room.kind() == Room.Kind.DIRECT || room.roleOf(command.personId()) == null) {
            return List.of();
        }
        List<VezaEvent> events = new ArrayList<>();
        if (isOwnerOfOpen(command, state)) {
            succession(command, state.members()).ifPresent(events::add);
        }
        events.add(new MemberLeft(command.roomId(), command.personId(), command.personId()));
        return events;
    }

    /** Empty where another owns the room too. */
    private static Optional<VezaEvent> succession(LeaveErased command, SequencedMap<UUID, MemberRole> members) {
        SequencedMap<UUID, MemberRole> others = new LinkedHashMap<>(members);
        others.remove(command.personId());
        if (others.containsValue(MemberRole.OWNER)) {
            return Optional.empty();
        }
        if (others.isEmpty()) {
            return Optional.of(new RoomClosed(command.roomId(), command.personId()));
        }
        UUID heir = others.entrySet().stream()
                .filter(member -> member.getValue() == MemberRole.MODERATOR)
                .findFirst()
                .orElseGet(others::firstEntry)
                .getKey();
        return Optional.of(new MemberRoleChanged(command.roomId(), heir, MemberRole.OWNER, command.personId()));
    }
}
