package app.veza.command.chat.leaveroom;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Further;
import app.veza.command.Rejection;
import app.veza.command.Traces;
import app.veza.command.chat.Owners;
import app.veza.command.chat.Room;
import app.veza.command.chat.RoomRejections;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberRole;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Everybody may leave, save the last owner. Owners may remove anybody, moderators plain members. Who is not there need not leave. */
@Component
final class LeaveRoomHandler implements Decider<LeaveRoom, LeaveRoomHandler.State> {

    /** @param owners known when one of them is to go */
    record State(Room room, Owners owners) {}

    @Override
    public Class<LeaveRoom> command() {
        return LeaveRoom.class;
    }

    @Override
    public Optional<EventCriteria> boundary(LeaveRoom command) {
        return Boundary.anyOf(Room.boundary(command.roomId(), command.personId(), command.by()));
    }

    @Override
    public Optional<Further> further(LeaveRoom command, State state) {
        return state.room().roleOf(command.personId()) == MemberRole.OWNER
                ? Optional.of(Owners.boundary(command.roomId()))
                : Optional.empty();
    }

    @Override
    public State initial() {
        return new State(Room.UNKNOWN, Owners.UNKNOWN);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return new State(state.room().evolve(event), state.owners());
    }

    @Override
    public State evolveFurther(State state, VezaEvent event) {
        return new State(state.room(), state.owners().evolve(event));
    }

    @Override
    public List<VezaEvent> decide(LeaveRoom command, State state) {
        Room room = state.room();
        room.requireKnownTo(command.by());
        room.requireNotDirect("Nobody leaves a direct room: block the other instead.");
        MemberRole theirs = room.roleOf(command.personId());
        if (command.isRemoval()) {
            checkMayRemove(room.roleOf(command.by()), theirs);
        }
        if (theirs == MemberRole.OWNER && !room.isClosed()) {
            state.owners().requireOtherThan(command.personId());
        }
        if (theirs == null) {
            return List.of();
        }
        var left = new MemberLeft(command.roomId(), command.personId(), command.by());
        if (!command.isRemoval()) {
            return List.of(left);
        }
        // What moderators do to others is audited, and only here is it known that this is a removal
        var trace = Traces.deletion(command.by(), LeaveRoomEndpoint.ROUTE, command.roomId(), command.personId());
        return List.of(trace, left);
    }

    private static void checkMayRemove(@Nullable MemberRole callers, @Nullable MemberRole theirs) {
        switch (callers) {
            case OWNER -> {}
            case MODERATOR -> {
                if (theirs == MemberRole.MODERATOR || theirs == MemberRole.OWNER) {
                    throw Rejection.forbidden("Only owners of the room may remove moderators and owners.");
                }
            }
            case MEMBER -> throw Rejection.forbidden("Only owners and moderators of the room may remove others.");
            case null -> throw RoomRejections.notAMember();
        }
    }
}
