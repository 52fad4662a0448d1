package app.veza.command.chat.deletemessage;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Rejection;
import app.veza.command.Traces;
import app.veza.command.chat.Addressed;
import app.veza.command.chat.Room;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MessageDeleted;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Who said something may take it away, and so may owners and moderators, the platform's in public rooms. What is gone already stays so. */
@Component
final class DeleteMessageHandler implements Decider<DeleteMessage, DeleteMessageHandler.State> {

    record State(Room room, Addressed message) {}

    @Override
    public Class<DeleteMessage> command() {
        return DeleteMessage.class;
    }

    @Override
    public Optional<EventCriteria> boundary(DeleteMessage command) {
        return Boundary.anyOf(Stream.concat(
                Room.moderation(command.roomId(), command.by()),
                Stream.of(Addressed.boundary(command.roomId(), command.messageId()))));
    }

    @Override
    public State initial() {
        return new State(Room.UNKNOWN, Addressed.UNKNOWN);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return new State(state.room().evolve(event), state.message().evolve(event));
    }

    @Override
    public List<VezaEvent> decide(DeleteMessage command, State state) {
        MemberRole role = state.room().requireMemberOfOpen(command.by());
        UUID author = state.message().requireThere();
        if (!author.equals(command.by()) && role == MemberRole.MEMBER) {
            throw Rejection.forbidden("Only who said something, and owners and moderators, may take it away.");
        }
        if (state.message().isDeleted()) {
            return List.of();
        }
        var deleted = new MessageDeleted(command.roomId(), command.messageId(), author, command.by());
        if (author.equals(command.by())) {
            return List.of(deleted);
        }
        // What moderators do to others is audited, and only here is it known that this is such a deletion
        var trace = Traces.deletion(command.by(), DeleteMessageEndpoint.ROUTE, command.roomId(), command.messageId());
        return List.of(trace, deleted);
    }
}
