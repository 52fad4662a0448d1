package app.veza.command.chat.leaveroom;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.command.Boundary.tags;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Rejection;
import app.veza.command.chat.RoomRejections;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Everybody may leave. Owners may remove anybody, moderators plain members. Who is not there need not leave. */
@Component
final class LeaveRoomHandler implements Decider<LeaveRoom, LeaveRoomHandler.State> {

    /**
     * @param visibility null while there is no room
     * @param roles of the person and of who removes, as far as they are members
     */
    record State(@Nullable Visibility visibility, Map<UUID, MemberRole> roles) {

        @Nullable
        MemberRole roleOf(UUID personId) {
            return roles.get(personId);
        }
    }

    @Override
    public Class<LeaveRoom> command() {
        return LeaveRoom.class;
    }

    @Override
    public Optional<EventCriteria> boundary(LeaveRoom command) {
        return Boundary.anyOf(Stream.concat(
                Stream.of(events(tag(ROOM, command.roomId()), RoomCreated.class)),
                Stream.of(command.personId(), command.by())
                        .distinct()
                        .map(person -> events(
                                tags(ROOM, command.roomId(), PERSON, person), MemberJoined.class, MemberLeft.class))));
    }

    @Override
    public State initial() {
        return new State(null, Map.of());
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case RoomCreated created -> new State(created.visibility(), state.roles());
            case MemberJoined joined -> {
                var roles = new HashMap<>(state.roles());
                roles.put(joined.personId(), joined.role());
                yield new State(state.visibility(), roles);
            }
            case MemberLeft left -> {
                var roles = new HashMap<>(state.roles());
                roles.remove(left.personId());
                yield new State(state.visibility(), roles);
            }
            default -> state;
        };
    }

    @Override
    public List<VezaEvent> decide(LeaveRoom command, State state) {
        MemberRole callers = state.roleOf(command.by());
        if (state.visibility() == null || (state.visibility() == Visibility.PRIVATE && callers == null)) {
            throw RoomRejections.roomNotFound();
        }
        MemberRole theirs = state.roleOf(command.personId());
        if (command.isRemoval()) {
            checkMayRemove(callers, theirs);
        }
        return theirs == null ? List.of() : List.of(new MemberLeft(command.roomId(), command.personId(), command.by()));
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
