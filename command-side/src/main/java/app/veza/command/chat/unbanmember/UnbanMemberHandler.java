package app.veza.command.chat.unbanmember;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.chat.Room;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberUnbanned;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Owners and moderators may lift a ban. */
@Component
final class UnbanMemberHandler implements Decider<UnbanMember, Room> {

    @Override
    public Class<UnbanMember> command() {
        return UnbanMember.class;
    }

    @Override
    public Optional<EventCriteria> boundary(UnbanMember command) {
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
    public List<VezaEvent> decide(UnbanMember command, Room room) {
        room.requireModerator(
                command.by(), command.personId(), "Only owners and moderators of the room may lift a ban.");
        return room.standing(command.personId()).isBanned()
                ? List.of(new MemberUnbanned(command.roomId(), command.personId(), command.by()))
                : List.of();
    }
}
