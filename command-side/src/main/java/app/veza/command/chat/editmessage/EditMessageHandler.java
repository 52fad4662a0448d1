package app.veza.command.chat.editmessage;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Further;
import app.veza.command.Rejection;
import app.veza.command.chat.Addressed;
import app.veza.command.chat.Room;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MessageEdited;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Who said something may say it differently, for as long as they may speak in the room. */
@Component
final class EditMessageHandler implements Decider<EditMessage, EditMessageHandler.State> {

    record State(Room room, Addressed message) {}

    @Override
    public Class<EditMessage> command() {
        return EditMessage.class;
    }

    @Override
    public Optional<EventCriteria> boundary(EditMessage command) {
        return Boundary.anyOf(Stream.concat(
                Room.boundary(command.roomId(), command.by()),
                Stream.of(Addressed.boundary(command.roomId(), command.messageId()))));
    }

    @Override
    public Optional<Further> further(EditMessage command, State state) {
        return state.room().blocks();
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
    public List<VezaEvent> decide(EditMessage command, State state) {
        state.room().requireMember(command.by());
        UUID author = state.message().requireStanding();
        if (!author.equals(command.by())) {
            throw Rejection.forbidden("Only who said something may say it differently.");
        }
        state.room().requireVoice(command.by(), command.at());
        return List.of(new MessageEdited(
                command.roomId(),
                command.messageId(),
                author,
                command.text(),
                command.text().codePointCount(0, command.text().length()),
                command.mentions()));
    }
}
