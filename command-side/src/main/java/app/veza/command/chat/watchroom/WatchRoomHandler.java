package app.veza.command.chat.watchroom;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.command.Boundary.tags;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.chat.RoomRejections;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Members may look on. Nothing happens by it: what counts is that the answer is exact, so that who just joined is let in. */
@Component
final class WatchRoomHandler implements Decider<WatchRoom, WatchRoomHandler.State> {

    /** @param visibility null while there is no room */
    record State(@Nullable Visibility visibility, boolean isMember) {}

    @Override
    public Class<WatchRoom> command() {
        return WatchRoom.class;
    }

    @Override
    public Optional<EventCriteria> boundary(WatchRoom command) {
        return Boundary.anyOf(
                events(tag(ROOM, command.roomId()), RoomCreated.class),
                events(tags(ROOM, command.roomId(), PERSON, command.personId()), MemberJoined.class, MemberLeft.class));
    }

    @Override
    public State initial() {
        return new State(null, false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case RoomCreated created -> new State(created.visibility(), state.isMember());
            case MemberJoined joined -> new State(state.visibility(), true);
            case MemberLeft left -> new State(state.visibility(), false);
            default -> state;
        };
    }

    @Override
    public List<VezaEvent> decide(WatchRoom command, State state) {
        if (state.visibility() == null || (state.visibility() == Visibility.PRIVATE && !state.isMember())) {
            throw RoomRejections.roomNotFound();
        }
        if (!state.isMember()) {
            throw RoomRejections.notAMember();
        }
        return List.of();
    }
}
