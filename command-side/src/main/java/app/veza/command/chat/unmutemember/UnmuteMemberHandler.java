package app.veza.command.chat.unmutemember;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.chat.Room;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MemberUnmuted;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Owners and moderators may let those speak again who are less in the room than they. */
@Component
final class UnmuteMemberHandler implements Decider<UnmuteMember, Room> {

    @Override
    public Class<UnmuteMember> command() {
        return UnmuteMember.class;
    }

    @Override
    public Optional<EventCriteria> boundary(UnmuteMember command) {
        return Boundary.anyOf(Room.moderation(command.roomId(), command.by(), command.personId()));
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
    public List<VezaEvent> decide(UnmuteMember command, Room room) {
        MemberRole callers = room.requireModerator(
                command.by(), command.personId(), "Only owners and moderators of the room may lift a mute.");
        room.requireHigher(callers, command.personId(), "Only who is less in the room than oneself can be unmuted.");
        return room.standing(command.personId()).mutedUntil() == null
                ? List.of()
                : List.of(new MemberUnmuted(command.roomId(), command.personId(), command.by()));
    }
}
