package app.veza.command.chat.markread;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tags;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Further;
import app.veza.command.chat.Addressed;
import app.veza.command.chat.Room;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MessageRead;
import app.veza.event.chat.MessageSent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Members read on, never back: an earlier message than that read last changes nothing. Of the marks before only the last is looked at. */
@Component
final class MarkReadHandler implements Decider<MarkRead, MarkReadHandler.State> {

    /**
     * @param position of the message
     * @param readThrough position of the message read last, 0 for none
     */
    record State(Room room, Addressed message, long position, long readThrough) {}

    @Override
    public Class<MarkRead> command() {
        return MarkRead.class;
    }

    @Override
    public Optional<EventCriteria> boundary(MarkRead command) {
        return Boundary.anyOf(Stream.concat(
                Room.boundary(command.roomId(), command.personId()),
                Stream.of(Addressed.boundary(command.roomId(), command.messageId()))));
    }

    @Override
    public Optional<Further> further(MarkRead command, State state) {
        return Optional.of(
                Further.last(events(tags(ROOM, command.roomId(), PERSON, command.personId()), MessageRead.class)));
    }

    @Override
    public State initial() {
        return new State(Room.UNKNOWN, Addressed.UNKNOWN, 0, 0);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return new State(
                state.room().evolve(event), state.message().evolve(event), state.position(), state.readThrough());
    }

    @Override
    public State evolveFurther(State state, VezaEvent event) {
        return event instanceof MessageRead read
                ? new State(state.room(), state.message(), state.position(), read.messagePosition())
                : state;
    }

    @Override
    public List<VezaEvent> decide(MarkRead command, State state) {
        state.room().requireMember(command.personId());
        state.message().requireThere();
        return state.position() <= state.readThrough()
                ? List.of()
                : List.of(new MessageRead(command.roomId(), command.personId(), command.messageId(), state.position()));
    }

    @Override
    public State evolve(State state, VezaEvent event, long position) {
        State next = evolve(state, event);
        return event instanceof MessageSent
                ? new State(next.room(), next.message(), position, next.readThrough())
                : next;
    }
}
