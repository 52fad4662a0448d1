package app.veza.command.chat.reportmessage;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tags;
import static app.veza.event.EventTags.MESSAGE;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Rejection;
import app.veza.command.chat.Addressed;
import app.veza.command.chat.Room;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MessageReported;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Members may report what others said, once each message. */
@Component
final class ReportMessageHandler implements Decider<ReportMessage, ReportMessageHandler.State> {

    record State(Room room, Addressed message, boolean isReported) {}

    @Override
    public Class<ReportMessage> command() {
        return ReportMessage.class;
    }

    @Override
    public Optional<EventCriteria> boundary(ReportMessage command) {
        return Boundary.anyOf(Stream.concat(
                Room.boundary(command.roomId(), command.by()),
                Stream.of(
                        Addressed.boundary(command.roomId(), command.messageId()),
                        events(tags(MESSAGE, command.messageId(), PERSON, command.by()), MessageReported.class))));
    }

    @Override
    public State initial() {
        return new State(Room.UNKNOWN, Addressed.UNKNOWN, false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return new State(
                state.room().evolve(event),
                state.message().evolve(event),
                state.isReported() || event instanceof MessageReported);
    }

    @Override
    public List<VezaEvent> decide(ReportMessage command, State state) {
        state.room().requireMember(command.by());
        UUID author = state.message().requireThere();
        if (author.equals(command.by())) {
            throw Rejection.forbidden("Nobody reports themselves: take the message away.");
        }
        return state.isReported()
                ? List.of()
                : List.of(new MessageReported(
                        command.roomId(), command.messageId(), command.by(), author, command.reason()));
    }
}
