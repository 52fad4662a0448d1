package app.veza.command.chat.createroom;

import app.veza.command.Decider;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.RoomCreated;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Anybody may open a room: its id is new, so nothing that happened matters. */
@Component
final class CreateRoomHandler implements Decider<CreateRoom, CreateRoomHandler.Nothing> {

    /** There is nothing to know. */
    record Nothing() {}

    @Override
    public Class<CreateRoom> command() {
        return CreateRoom.class;
    }

    @Override
    public Optional<EventCriteria> boundary(CreateRoom command) {
        return Optional.empty();
    }

    @Override
    public Nothing initial() {
        return new Nothing();
    }

    @Override
    public Nothing evolve(Nothing state, VezaEvent event) {
        return state;
    }

    @Override
    public List<VezaEvent> decide(CreateRoom command, Nothing state) {
        return List.of(
                new RoomCreated(
                        command.roomId(), command.creatorId(), command.name(), command.topic(), command.visibility()),
                new MemberJoined(command.roomId(), command.creatorId(), MemberRole.OWNER, command.creatorId()));
    }
}
