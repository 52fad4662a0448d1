package app.veza.command.chat.banmember;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.chat.Room;
import app.veza.command.chat.RoomRejections;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberBanned;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberRole;
import app.veza.event.identity.PersonRegistered;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/**
 * Owners, and the platform's moderators in public rooms, may ban everybody but owners; moderators plain members and people who are not in
 * the room. Who is in it is in it no more.
 */
@Component
final class BanMemberHandler implements Decider<BanMember, BanMemberHandler.State> {

    record State(Room room, boolean isRegistered) {}

    @Override
    public Class<BanMember> command() {
        return BanMember.class;
    }

    @Override
    public Optional<EventCriteria> boundary(BanMember command) {
        return Boundary.anyOf(Stream.concat(
                Room.moderation(command.roomId(), command.by(), command.personId()),
                Stream.of(events(tag(PERSON, command.personId()), PersonRegistered.class))));
    }

    @Override
    public State initial() {
        return new State(Room.UNKNOWN, false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        boolean isRegistered =
                event instanceof PersonRegistered person ? !Erased.is(person.usernameKey()) : state.isRegistered();
        return new State(state.room().evolve(event), isRegistered);
    }

    @Override
    public List<VezaEvent> decide(BanMember command, State state) {
        Room room = state.room();
        MemberRole callers = room.requireModerator(
                command.by(), command.personId(), "Only owners and moderators of the room may ban others.");
        if (!state.isRegistered()) {
            throw RoomRejections.personNotFound();
        }
        room.requireHigher(callers, command.personId(), "Only who is less in the room than oneself can be banned.");
        if (room.standing(command.personId()).isBanned()) {
            return List.of();
        }
        var banned = new MemberBanned(command.roomId(), command.personId(), command.by());
        return room.roleOf(command.personId()) == null
                ? List.of(banned)
                : List.of(banned, new MemberLeft(command.roomId(), command.personId(), command.by()));
    }
}
