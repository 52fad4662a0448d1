package app.veza.command.chat.changeroom;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.ROOM;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.chat.Room;
import app.veza.event.VezaEvent;
import app.veza.event.chat.RoomChanged;
import app.veza.event.chat.RoomCreated;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Owners and moderators may rename their room and say what it is about. */
@Component
final class ChangeRoomHandler implements Decider<ChangeRoom, ChangeRoomHandler.State> {

    /** What the room is called now and is about. */
    record State(Room room, String name, @Nullable String topic) {}

    @Override
    public Class<ChangeRoom> command() {
        return ChangeRoom.class;
    }

    @Override
    public Optional<EventCriteria> boundary(ChangeRoom command) {
        return Boundary.anyOf(Stream.concat(
                Room.boundary(command.roomId(), command.by()),
                Stream.of(events(tag(ROOM, command.roomId()), RoomChanged.class))));
    }

    @Override
    public State initial() {
        return new State(Room.UNKNOWN, "", null);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        Room room = state.room().evolve(event);
        return switch (event) {
            case RoomCreated created -> new State(room, created.name(), created.topic());
            case RoomChanged changed -> new State(room, changed.name(), changed.topic());
            default -> new State(room, state.name(), state.topic());
        };
    }

    @Override
    public List<VezaEvent> decide(ChangeRoom command, State state) {
        state.room().requireKnownTo(command.by());
        state.room().requireNotDirect("A direct room has no name: it is called as the other is.");
        state.room().requireModerator(command.by(), "Only owners and moderators of the room may change it.");
        String name = command.name() == null ? state.name() : command.name();
        String topic = command.topic() == null ? state.topic() : command.topic().isEmpty() ? null : command.topic();
        return name.equals(state.name()) && Objects.equals(topic, state.topic())
                ? List.of()
                : List.of(new RoomChanged(command.roomId(), command.by(), name, topic));
    }
}
