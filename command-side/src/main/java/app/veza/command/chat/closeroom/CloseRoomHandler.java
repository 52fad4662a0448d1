package app.veza.command.chat.closeroom;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Rejection;
import app.veza.command.chat.Room;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.RoomClosed;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Owners may close their room. A room that is closed already stays so. */
@Component
final class CloseRoomHandler implements Decider<CloseRoom, Room> {

    @Override
    public Class<CloseRoom> command() {
        return CloseRoom.class;
    }

    @Override
    public Optional<EventCriteria> boundary(CloseRoom command) {
        return Boundary.anyOf(Room.boundary(command.roomId(), command.by()));
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
    public List<VezaEvent> decide(CloseRoom command, Room room) {
        MemberRole role = room.requireMember(command.by());
        room.requireNotDirect("A direct room is there for as long as its people are.");
        if (role != MemberRole.OWNER) {
            throw Rejection.forbidden("Only owners of the room may close it.");
        }
        return room.isClosed() ? List.of() : List.of(new RoomClosed(command.roomId(), command.by()));
    }
}
