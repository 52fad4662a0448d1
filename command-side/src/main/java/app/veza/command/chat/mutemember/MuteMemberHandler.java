package app.veza.command.chat.mutemember;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.chat.Room;
import app.veza.command.chat.RoomRejections;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberMuted;
import app.veza.event.chat.MemberRole;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Owners, and the platform's moderators in public rooms, may mute everybody but owners; moderators plain members. */
@Component
final class MuteMemberHandler implements Decider<MuteMember, Room> {

    @Override
    public Class<MuteMember> command() {
        return MuteMember.class;
    }

    @Override
    public Optional<EventCriteria> boundary(MuteMember command) {
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
    public List<VezaEvent> decide(MuteMember command, Room room) {
        MemberRole callers = room.requireModerator(
                command.by(), command.personId(), "Only owners and moderators of the room may mute others.");
        if (room.roleOf(command.personId()) == null) {
            throw RoomRejections.memberNotFound();
        }
        room.requireHigher(callers, command.personId(), "Only who is less in the room than oneself can be muted.");
        Instant until = command.until() == null ? Instant.MAX : command.until();
        return until.equals(room.standing(command.personId()).mutedUntil())
                ? List.of()
                : List.of(new MemberMuted(command.roomId(), command.personId(), command.by(), command.until()));
    }
}
