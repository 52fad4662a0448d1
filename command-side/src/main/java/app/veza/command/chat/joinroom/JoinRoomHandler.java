package app.veza.command.chat.joinroom;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Further;
import app.veza.command.Rejection;
import app.veza.command.Traces;
import app.veza.command.chat.Owners;
import app.veza.command.chat.Room;
import app.veza.command.chat.RoomRejections;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MemberRoleChanged;
import app.veza.event.identity.PersonRegistered;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/**
 * Everybody may join a public room, save who is banned. Its owners and moderators may invite, and nobody enters a private room
 * otherwise; not across a block, whoever of the two made it. Only an owner may give a role that is more than a plain member's, or another
 * to who is a member already.
 */
@Component
final class JoinRoomHandler implements Decider<JoinRoom, JoinRoomHandler.State> {

    /**
     * @param owners known when one of them is to be less
     * @param isRegistered whether the person has an account; known when they are invited
     */
    record State(Room room, Owners owners, boolean isRegistered) {}

    @Override
    public Class<JoinRoom> command() {
        return JoinRoom.class;
    }

    @Override
    public Optional<EventCriteria> boundary(JoinRoom command) {
        Stream<EventCriteria> room = Room.boundary(command.roomId(), command.personId(), command.by());
        return Boundary.anyOf(
                command.isInvitation()
                        ? Stream.concat(
                                room,
                                Stream.of(
                                        events(tag(PERSON, command.personId()), PersonRegistered.class),
                                        Room.blocksBetween(command.by(), command.personId())))
                        : room);
    }

    @Override
    public Optional<Further> further(JoinRoom command, State state) {
        boolean isOwner = state.room().roleOf(command.personId()) == MemberRole.OWNER;
        return isOwner && command.role() != null && command.role() != MemberRole.OWNER
                ? Optional.of(Owners.boundary(command.roomId()))
                : Optional.empty();
    }

    @Override
    public State initial() {
        return new State(Room.UNKNOWN, Owners.UNKNOWN, false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        boolean isRegistered =
                event instanceof PersonRegistered person ? !Erased.is(person.usernameKey()) : state.isRegistered();
        return new State(state.room().evolve(event), state.owners(), isRegistered);
    }

    @Override
    public State evolveFurther(State state, VezaEvent event) {
        return new State(state.room(), state.owners().evolve(event), state.isRegistered());
    }

    @Override
    public List<VezaEvent> decide(JoinRoom command, State state) {
        Room room = state.room();
        room.requireKnownTo(command.by());
        MemberRole current = room.roleOf(command.personId());
        if (current == null) {
            MemberJoined joined = join(command, state);
            // Who is given a say in the room by another is audited, be it with the invitation
            return joined.role() == MemberRole.MEMBER ? List.of(joined) : List.of(trace(command), joined);
        }
        MemberRole callers = room.requireMember(command.by());
        if (command.isInvitation() && callers == MemberRole.MEMBER) {
            throw Rejection.forbidden("Only owners and moderators of the room may invite.");
        }
        return command.role() == null || command.role() == current
                ? List.of()
                : changeRole(command, command.role(), callers, state);
    }

    private static MemberJoined join(JoinRoom command, State state) {
        Room room = state.room();
        if (command.isInvitation()) {
            checkMayInvite(command, state);
        } else if (roleFor(command) != MemberRole.MEMBER) {
            throw Rejection.forbidden("One joins as a plain member.");
        }
        if (room.isClosed()) {
            throw RoomRejections.closed();
        }
        if (room.standing(command.personId()).isBanned()) {
            throw RoomRejections.banned();
        }
        return new MemberJoined(command.roomId(), command.personId(), roleFor(command), command.by());
    }

    private static void checkMayInvite(JoinRoom command, State state) {
        Room room = state.room();
        MemberRole callers = room.requireMember(command.by());
        room.requireNotDirect("A direct room is for two: open a room for more.");
        if (callers == MemberRole.MEMBER) {
            throw Rejection.forbidden("Only owners and moderators of the room may invite.");
        }
        if (roleFor(command) != MemberRole.MEMBER && callers != MemberRole.OWNER) {
            throw Rejection.forbidden("Only owners of the room may invite as moderator or owner.");
        }
        if (!state.isRegistered()) {
            throw RoomRejections.personNotFound();
        }
        room.requireNoBlock();
    }

    private static List<VezaEvent> changeRole(JoinRoom command, MemberRole role, MemberRole callers, State state) {
        Room room = state.room();
        room.requireNotDirect("In a direct room both are plain members.");
        room.requireMemberOfOpen(command.by());
        // To be less than one was is everybody's own choice
        boolean stepsDown = !command.isInvitation() && role.compareTo(callers) < 0;
        if (callers != MemberRole.OWNER && !stepsDown) {
            throw Rejection.forbidden("Only owners of the room may change roles.");
        }
        if (room.roleOf(command.personId()) == MemberRole.OWNER) {
            state.owners().requireOtherThan(command.personId());
        }
        var changed = new MemberRoleChanged(command.roomId(), command.personId(), role, command.by());
        // What owners do to others is audited, and only here is it known that this is no invitation
        return command.isInvitation() ? List.of(trace(command), changed) : List.of(changed);
    }

    private static VezaEvent trace(JoinRoom command) {
        return Traces.change(command.by(), JoinRoomEndpoint.ROUTE, command.roomId(), command.personId());
    }

    private static MemberRole roleFor(JoinRoom command) {
        return command.role() == null ? MemberRole.MEMBER : command.role();
    }
}
