package app.veza.command.chat.slowmode;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.ROOM;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.chat.Room;
import app.veza.event.VezaEvent;
import app.veza.event.chat.SlowModeChanged;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Owners and moderators may slow their room down. */
@Component
final class SetSlowModeHandler implements Decider<SetSlowMode, SetSlowModeHandler.State> {

    record State(Room room, int seconds) {}

    @Override
    public Class<SetSlowMode> command() {
        return SetSlowMode.class;
    }

    @Override
    public Optional<EventCriteria> boundary(SetSlowMode command) {
        return Boundary.anyOf(Stream.concat(
                Room.boundary(command.roomId(), command.by()),
                Stream.of(events(tag(ROOM, command.roomId()), SlowModeChanged.class))));
    }

    @Override
    public State initial() {
        return new State(Room.UNKNOWN, 0);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return new State(
                state.room().evolve(event),
                event instanceof SlowModeChanged changed ? changed.seconds() : state.seconds());
    }

    @Override
    public List<VezaEvent> decide(SetSlowMode command, State state) {
        state.room().requireModerator(command.by(), "Only owners and moderators of the room may slow it down.");
        return command.seconds() == state.seconds()
                ? List.of()
                : List.of(new SlowModeChanged(command.roomId(), command.by(), command.seconds()));
    }
}
