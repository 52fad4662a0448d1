package app.veza.command.chat.watchroom;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Further;
import app.veza.command.chat.Room;
import app.veza.event.VezaEvent;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Members may look on, and show that they type where they may speak. Nothing happens by it: what counts is that the answer is exact, so that who just joined is let in. */
@Component
final class WatchRoomHandler implements Decider<WatchRoom, Room> {

    @Override
    public Class<WatchRoom> command() {
        return WatchRoom.class;
    }

    @Override
    public Optional<EventCriteria> boundary(WatchRoom command) {
        return Boundary.anyOf(Room.boundary(command.roomId(), command.personId()));
    }

    @Override
    public Optional<Further> further(WatchRoom command, Room room) {
        return command.speaksAt() == null ? Optional.empty() : room.blocks();
    }

    @Override
    public Room initial() {
        return Room.UNKNOWN;
    }

    @Override
    public Room evolve(Room room, VezaEvent event) {
        return room.evolve(event);
    }

    @Override
    public List<VezaEvent> decide(WatchRoom command, Room room) {
        if (command.speaksAt() == null) {
            room.requireMember(command.personId());
        } else {
            room.requireVoice(command.personId(), command.speaksAt());
        }
        return List.of();
    }
}
